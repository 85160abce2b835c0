import stateful from "./stateful-ids.json" with { type: "json" };
import { at, list, named, type Resource, resourcesOf, statements } from "./template.ts";

/** What holds the only copy of something. */
const KEPT = ["AWS::KMS::Key", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::Cognito::UserPool"];

/**
 * What a set of synthesized templates (by stack name) lacks of what keeps citizens' matters safe, a line each:
 * "servicecenter-demo-cases/CasesTable7FA77C7D: point-in-time recovery is off". Empty when nothing is lacking.
 */
export function safeguardFaults(templates: Readonly<Record<string, unknown>>): string[] {
  const resources = resourcesOf(templates);
  const faults = [keeping, tables, locks, mailRules, transport, redrives, mappings, grants].flatMap((check) =>
    check(resources),
  );
  return [...faults, ...renamed(resources)];
}

const say = ({ stack, id }: Resource, fault: string) => `${stack}/${id}: ${fault}`;
const ofType = (resources: Resource[], type: string) => resources.filter(({ Type }) => Type === type);
/** The console's files are rebuilt by every deployment. */
const rebuilt = ({ stack }: Resource) => stack.endsWith("-web");

/** The resource that a reference names: of the same stack, or one that another exports. */
function find(resources: Resource[], from: Resource, reference: unknown): Resource | undefined {
  const imported = at(reference, "Fn::ImportValue");
  if (typeof imported === "string") {
    const [stack, output = ""] = imported.split(":");
    const exported = output.replace(/^ExportsOutput(Ref|FnGetAtt)/, "");
    return resources.find((resource) => resource.stack === stack && exported.startsWith(resource.id));
  }
  const id = named(reference);
  return resources.find((resource) => resource.stack === from.stack && resource.id === id);
}

function keeping(resources: Resource[]): string[] {
  return resources
    .filter((resource) => KEPT.includes(resource.Type) && !rebuilt(resource))
    .filter((r) => r.DeletionPolicy !== "Retain" || r.UpdateReplacePolicy !== "Retain")
    .map((resource) => say(resource, "is not retained when it is removed or replaced"));
}

function tables(resources: Resource[]): string[] {
  return ofType(resources, "AWS::DynamoDB::GlobalTable").flatMap((table) =>
    list(table.Properties["Replicas"]).flatMap((replica) => [
      ...(at(replica, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") === true
        ? []
        : [say(table, "point-in-time recovery is off")]),
      ...(at(replica, "DeletionProtectionEnabled") === true
        ? []
        : [say(table, "deletion protection is off")]),
      ...(at(replica, "SSESpecification", "KMSMasterKeyId") ? [] : [say(table, "is not under our own key")]),
    ]),
  );
}

function locks(resources: Resource[]): string[] {
  const buckets = ofType(resources, "AWS::S3::Bucket");
  const open = buckets
    .filter(
      ({ Properties }) => at(Properties, "PublicAccessBlockConfiguration", "BlockPublicPolicy") !== true,
    )
    .map((bucket) => say(bucket, "public access is not blocked"));
  const archive = buckets.find(({ id }) => id.startsWith("BucketsArchive"));
  if (!archive) return [...open, "no archive: raw mail is kept nowhere"];
  const locked =
    at(archive.Properties, "ObjectLockConfiguration", "Rule", "DefaultRetention", "Mode") === "GOVERNANCE" &&
    at(archive.Properties, "VersioningConfiguration", "Status") === "Enabled";
  return locked ? open : [...open, say(archive, "raw mail is not locked")];
}

function mailRules(resources: Resource[]): string[] {
  const rules = ofType(resources, "AWS::SES::ReceiptRule");
  if (rules.length === 0) return ["no receipt rule: mail is not received"];
  return rules.flatMap((rule) => {
    const action = at(rule.Properties, "Rule", "Actions", 0, "S3Action");
    const inbox = find(resources, rule, at(action, "BucketName"));
    return [
      ...(at(rule.Properties, "Rule", "ScanEnabled") === true ? [] : [say(rule, "mail is not scanned")]),
      ...(at(action, "TopicArn") ? [] : [say(rule, "nobody is told of new mail")]),
      ...(inbox?.Properties["ObjectLockConfiguration"]
        ? [say(inbox, "SES refuses a bucket with default retention")]
        : []),
    ];
  });
}

const TRANSPORT = [
  { type: "AWS::S3::Bucket", policy: "AWS::S3::BucketPolicy", target: "Bucket" },
  { type: "AWS::SQS::Queue", policy: "AWS::SQS::QueuePolicy", target: "Queues" },
  { type: "AWS::SNS::Topic", policy: "AWS::SNS::TopicPolicy", target: "Topics" },
];

function transport(resources: Resource[]): string[] {
  return TRANSPORT.flatMap(({ type, policy, target }) => {
    const strict = ofType(resources, policy)
      .filter(({ Properties }) =>
        statements(Properties["PolicyDocument"]).some(
          ({ Effect, Condition }) =>
            Effect === "Deny" && at(Condition, "Bool", "aws:SecureTransport") === "false",
        ),
      )
      .flatMap((found) =>
        list(found.Properties[target]).map((reference) => `${found.stack}/${named(reference)}`),
      );
    return ofType(resources, type)
      .filter(({ stack, id }) => !strict.includes(`${stack}/${id}`))
      .map((resource) => say(resource, "takes requests without TLS"));
  });
}

function redrives(resources: Resource[]): string[] {
  const sources = [...ofType(resources, "AWS::SQS::Queue"), ...ofType(resources, "AWS::SNS::Subscription")];
  const targets = [
    ...sources.map((source) =>
      find(resources, source, at(source.Properties, "RedrivePolicy", "deadLetterTargetArn")),
    ),
    ...ofType(resources, "AWS::Events::Rule").flatMap((rule) =>
      list(rule.Properties["Targets"]).map((target) =>
        find(resources, rule, at(target, "DeadLetterConfig", "Arn")),
      ),
    ),
  ];
  return sources.flatMap((source) => {
    const target = find(resources, source, at(source.Properties, "RedrivePolicy", "deadLetterTargetArn"));
    if (!target) return targets.includes(source) ? [] : [say(source, "has no dead-letter queue")];
    const [kept, keptAside] = [source, target].map(({ Properties }) => Properties["MessageRetentionPeriod"]);
    if (source.Type !== "AWS::SQS::Queue" || Number(keptAside) > Number(kept)) return [];
    return [say(target, "forgets a message no later than the queue it came from")];
  });
}

function mappings(resources: Resource[]): string[] {
  return ofType(resources, "AWS::Lambda::EventSourceMapping").flatMap((mapping) => {
    const properties = mapping.Properties;
    const partial = list(properties["FunctionResponseTypes"]).includes("ReportBatchItemFailures")
      ? []
      : [say(mapping, "one faulty record fails its whole batch")];
    const queue = find(resources, mapping, properties["EventSourceArn"]);
    if (queue?.Type !== "AWS::SQS::Queue") {
      return [
        ...partial,
        ...(properties["BisectBatchOnFunctionError"] === true
          ? []
          : [say(mapping, "does not split a faulty batch")]),
        ...(Number(properties["MaximumRetryAttempts"]) >= 0
          ? []
          : [say(mapping, "retries until the stream forgets")]),
        ...(at(properties, "DestinationConfig", "OnFailure", "Destination")
          ? []
          : [say(mapping, "drops what it gives up")]),
      ];
    }
    const reader = find(resources, mapping, properties["FunctionName"]);
    const enough = Number(queue.Properties["VisibilityTimeout"]) >= 6 * Number(reader?.Properties["Timeout"]);
    return enough
      ? partial
      : [...partial, say(queue, "is hidden for less than six times its reader's timeout")];
  });
}

/** X-Ray takes no resource; the CDK's own uploader is not ours. */
function grants(resources: Resource[]): string[] {
  const ours = ofType(resources, "AWS::IAM::Policy").filter((policy) => !rebuilt(policy));
  return ours.flatMap((policy) =>
    statements(policy.Properties["PolicyDocument"]).flatMap(({ Action, Resource: targets }) => {
      const actions = list(Action).map(String);
      const traces = actions.every((action) => action.startsWith("xray:"));
      return [
        ...actions
          .filter((action) => action.includes("*"))
          .map((action) => say(policy, `allows every action of ${action}`)),
        ...(list(targets).includes("*") && !traces
          ? [say(policy, `allows ${actions.join(", ")} on everything`)]
          : []),
      ];
    }),
  );
}

/** A new logical id is a new, empty resource. Units' queues follow the config and are not listed. */
function renamed(resources: Resource[]): string[] {
  const listed = Object.entries(stateful).flatMap(([stack, ids]) => ids.map((id) => `${stack}/${id}`));
  const present = resources
    .filter(({ Type }) => [...KEPT, "AWS::SQS::Queue"].includes(Type))
    .map(({ stack, id }) => `${stack.split("-").at(-1)}/${id}`)
    .filter((place) => !place.startsWith("foundation/Unit") && !place.startsWith("web/"));
  return [
    ...listed
      .filter((place) => !present.includes(place))
      .map((place) => `${place}: is gone; what it holds would be too`),
    ...present
      .filter((place) => !listed.includes(place))
      .map(
        (place) =>
          `${place}: is not in infra/stateful-ids.json; add it if it is new, undo it if it was renamed`,
      ),
  ];
}
