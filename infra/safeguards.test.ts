import { describe, expect, test } from "vitest";
import { safeguardFaults } from "./safeguards.ts";
import { synthesized } from "./synthesized.ts";
import { type Resource, resourcesOf } from "./template.ts";

const templates = synthesized();

/** The faults of the real templates after one resource has been changed; `place` is "stack/beginning of its id". */
function faultsAfter(place: string, change: (resource: Resource) => void): string[] {
  const changed = structuredClone(templates);
  const [stack, id = ""] = place.split("/");
  const found = Object.entries(changed).flatMap(([name, template]) =>
    name.endsWith(`-${stack}`) ? pick(template, id) : [],
  );
  expect(found).toHaveLength(1);
  for (const resource of found) change(resource);
  return safeguardFaults(changed);
}

function pick(template: unknown, id: string): Resource[] {
  const raw = Reflect.get(Object(template), "Resources");
  const known = resourcesOf({ all: template }).filter((resource) =>
    new RegExp(`^${id}[0-9A-F]{8}$`).test(resource.id),
  );
  return known.map((resource) => Reflect.get(raw, resource.id));
}

function put(target: object, path: string, value: unknown): void {
  const [key = "", ...rest] = path.split(".");
  if (rest.length > 0) put(Reflect.get(target, key), rest.join("."), value);
  else if (value === undefined) Reflect.deleteProperty(target, key);
  else Reflect.set(target, key, value);
}

describe("the templates", () => {
  test("as they are lack no safeguard", () => {
    expect(safeguardFaults(templates)).toEqual([]);
  });

  const replica = "Properties.Replicas.0";
  const statement = "Properties.PolicyDocument.Statement.0";
  test.each([
    [
      "cases/CasesTable",
      `${replica}.PointInTimeRecoverySpecification`,
      undefined,
      "point-in-time recovery is off",
    ],
    ["email/MailTable", `${replica}.DeletionProtectionEnabled`, false, "deletion protection is off"],
    ["foundation/StaffTable", `${replica}.SSESpecification`, undefined, "is not under our own key"],
    ["cases/CasesTable", "DeletionPolicy", "Delete", "is not retained"],
    ["foundation/BucketsArchive", "UpdateReplacePolicy", "Delete", "is not retained"],
    ["foundation/BucketsLetters", "DeletionPolicy", undefined, "is not retained"],
    ["foundation/Key", "DeletionPolicy", "Delete", "is not retained"],
    ["foundation/DoorwayStaff", "DeletionPolicy", "Delete", "is not retained"],
    ["foundation/BucketsArchive", "Properties.ObjectLockConfiguration", undefined, "raw mail is not locked"],
    [
      "foundation/BucketsArchive",
      "Properties.VersioningConfiguration.Status",
      "Suspended",
      "raw mail is not locked",
    ],
    ["foundation/BucketsInbox", "Properties.ObjectLockConfiguration", {}, "SES refuses a bucket"],
    ["foundation/BucketsInbox", "Properties.PublicAccessBlockConfiguration", undefined, "public access"],
    ["foundation/MailRule", "Properties.Rule.ScanEnabled", false, "mail is not scanned"],
    ["foundation/MailRule", "Properties.Rule.Actions.0.S3Action.TopicArn", undefined, "nobody is told"],
    ["foundation/BucketsInboxPolicy", statement, { Effect: "Allow", Action: "s3:GetObject" }, "without TLS"],
    ["email/MailInQueuePolicy", `${statement}.Effect`, "Allow", "without TLS"],
    ["foundation/UnitAvfallQueuePolicy", `${statement}.Condition`, {}, "without TLS"],
    ["foundation/EventsPolicy", `${statement}.Condition`, {}, "without TLS"],
    ["email/MailInQueue", "Properties.VisibilityTimeout", 359, "less than six times"],
    ["cases/CasesInQueue", "Properties.VisibilityTimeout", undefined, "less than six times"],
    ["cases/RegisterMailFunction", "Properties.Timeout", 16, "less than six times"],
    ["email/MailInDeadLetters", "Properties.MessageRetentionPeriod", 345600, "forgets a message"],
    ["foundation/UnitLssQueue", "Properties.MessageRetentionPeriod", 1209600, "forgets a message"],
    ["foundation/UnitLssQueue", "Properties.RedrivePolicy", undefined, "has no dead-letter queue"],
    ["email/SweepEvery", "Properties.Targets.0.DeadLetterConfig", undefined, "has no dead-letter queue"],
    ["email/RelayFunctionStream", "Properties.BisectBatchOnFunctionError", undefined, "does not split"],
    ["cases/RelayFunctionStream", "Properties.FunctionResponseTypes", undefined, "fails its whole batch"],
    ["cases/RelayFunctionStream", "Properties.MaximumRetryAttempts", -1, "until the stream forgets"],
    ["cases/RelayFunctionStream", "Properties.DestinationConfig", undefined, "drops what it gives up"],
    ["cases/ApiRoleDefaultPolicy", `${statement}.Action`, ["dynamodb:*"], "every action of dynamodb:*"],
    ["cases/ApiRoleDefaultPolicy", `${statement}.Resource`, "*", "on everything"],
  ])("%s with %s set to %j is caught", (place, path, value, fault) => {
    const faults = faultsAfter(place, (resource) => put(resource, path, value));
    expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });

  test("every mapping without partial failures is caught", () => {
    const changed = structuredClone(templates);
    for (const resource of Object.values(changed).flatMap((t) =>
      Object.values(Reflect.get(Object(t), "Resources")),
    )) {
      if (Reflect.get(Object(resource), "Type") === "AWS::Lambda::EventSourceMapping") {
        put(Object(resource), "Properties.FunctionResponseTypes", []);
      }
    }
    const mappings = JSON.stringify(templates).match(/"AWS::Lambda::EventSourceMapping"/g);
    expect(safeguardFaults(changed)).toHaveLength(mappings?.length ?? 0);
  });

  test("a renamed table is caught: its new name would be a new and empty table", () => {
    const renamed = JSON.parse(
      JSON.stringify(templates).replaceAll("CasesTable7FA77C7D", "CaseTable01234567"),
    );
    expect(safeguardFaults(renamed)).toEqual([
      "cases/CasesTable7FA77C7D: is gone; what it holds would be too",
      expect.stringContaining("cases/CaseTable01234567: is not in infra/stateful-ids.json"),
    ]);
  });

  test("a subscription without a dead-letter queue is caught", () => {
    const bare = JSON.parse(JSON.stringify(templates), (_, value) => {
      if (value?.Type === "AWS::SNS::Subscription") delete value.Properties.RedrivePolicy;
      return value;
    });
    expect(safeguardFaults(bare)).toHaveLength(23);
  });
});
