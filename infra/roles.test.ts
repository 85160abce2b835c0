import { expect, test } from "vitest";
import { functions } from "./functions.ts";
import { demo, synthesized } from "./synthesized.ts";
import { at, list, named, type Resource, resourcesOf, statements } from "./template.ts";

const resources = resourcesOf(synthesized());

/** "dynamodb:GetItem CasesTable" for each thing that a function's role may do, beside logging and tracing. */
function granted(fn: Resource): string[] {
  const role = named(fn.Properties["Role"]);
  const policies = resources.filter(
    ({ Type, stack, Properties }) =>
      Type === "AWS::IAM::Policy" &&
      stack === fn.stack &&
      list(Properties["Roles"]).some((reference) => named(reference) === role),
  );
  return policies
    .flatMap(({ Properties }) => statements(Properties["PolicyDocument"]))
    .flatMap(({ Action, Resource: targets }) =>
      list(Action).flatMap((action) => list(targets).map((target) => `${action} ${written(target)}`)),
    )
    .filter((grant) => !/^(logs|xray):/.test(grant))
    .sort();
}

/** A resource of a policy without the CDK's hashes: "CasesTable/index/worklist". */
function written(target: unknown): string {
  const joined = at(target, "Fn::Join", 1);
  if (Array.isArray(joined)) return joined.map(written).join("");
  const imported = at(target, "Fn::ImportValue");
  if (typeof imported === "string") {
    return imported
      .replace(/^.*:ExportsOutput(Ref|FnGetAtt)/, "")
      .replace(/[0-9A-F]{8}(Arn)?[0-9A-F]{8}$/, "");
  }
  return (named(target) ?? String(target)).replace(/[0-9A-F]{8}$/, "");
}

const everyRecord = (queue: string) => [
  `sqs:ChangeMessageVisibility ${queue}`,
  `sqs:DeleteMessage ${queue}`,
  `sqs:GetQueueAttributes ${queue}`,
  `sqs:GetQueueUrl ${queue}`,
  `sqs:ReceiveMessage ${queue}`,
];
const keyFor = (...actions: string[]) => actions.map((action) => `kms:${action} Key`);
const letters = (action: string, ...prefixes: string[]) =>
  prefixes.map((prefix) => `s3:${action} BucketsLetters/${prefix}*`);
const writeKeys = ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"];
const relaying = (table: string) => [
  `dynamodb:DescribeStream ${table}`,
  `dynamodb:GetRecords ${table}`,
  `dynamodb:GetShardIterator ${table}`,
  `dynamodb:ListStreams ${table}`,
  ...keyFor("Decrypt", "GenerateDataKey"),
  "s3:ListBucket BucketsUndelivered",
  "s3:PutObject BucketsUndelivered/aws/lambda/*",
  "sns:Publish Events",
];

const outboxRights = [
  "dynamodb:GetItem MailTable",
  "dynamodb:PutItem MailTable",
  "dynamodb:UpdateItem MailTable",
  ...keyFor(...writeKeys),
];

const sending = [
  "ses:SendRawEmail arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/example.se",
  "ses:SendRawEmail arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:configuration-set/OutgoingSet",
];
const unitNames = demo.units.map(({ id }) =>
  id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()),
);
const consoleUnits = unitNames.filter((name) => name !== "Avfall");

// Who may do what. A new grant is a decision: write it here as well.
test.each<[string, string[]]>([
  [
    "email/receive-mail",
    [
      "dynamodb:GetItem MailTable",
      "dynamodb:PutItem MailTable",
      "dynamodb:UpdateItem MailTable",
      ...keyFor(...writeKeys),
      "s3:DeleteObject BucketsInbox/mail/*",
      "s3:GetObject BucketsInbox/mail/*",
      "s3:ListBucket BucketsInbox",
      "s3:PutObject BucketsArchive/mail/*",
      "s3:PutObject BucketsFiles/email/*",
      "s3:PutObject BucketsLetters/email/*",
      ...everyRecord("MailInQueue"),
    ],
  ],
  [
    "email/sweep",
    [
      "s3:ListBucket BucketsInbox",
      "sqs:GetQueueAttributes MailInQueue",
      "sqs:GetQueueUrl MailInQueue",
      "sqs:SendMessage MailInQueue",
    ],
  ],
  [
    "email/send-mail",
    [
      ...outboxRights,
      "dynamodb:Query MailTable/index/claims",
      "kms:GenerateMac LinkKey",
      "s3:GetObject BucketsFiles/out/*",
      ...letters("GetObject", "answer/", "booking/", "email/", "to-"),
      ...sending,
      ...everyRecord("OutgoingToAcknowledgeQueue"),
      ...everyRecord("OutgoingToSendQueue"),
    ],
  ],
  [
    "email/notify-unit",
    [...outboxRights, ...sending, ...consoleUnits.flatMap((unit) => everyRecord(`Unit${unit}Queue`))],
  ],
  [
    "email/reconcile",
    [...outboxRights, "dynamodb:BatchGetItem MailTable", ...everyRecord("OutgoingToldQueue")],
  ],
  [
    "email/sweep-outbox",
    [
      ...outboxRights,
      "dynamodb:BatchGetItem MailTable",
      "dynamodb:Query MailTable/index/claims",
      "sqs:GetQueueAttributes OutgoingToSendQueue",
      "sqs:GetQueueUrl OutgoingToSendQueue",
      "sqs:SendMessage OutgoingToSendQueue",
    ],
  ],
  ["email/relay", relaying("MailTable")],
  [
    "cases/register-mail",
    [
      "dynamodb:BatchGetItem CasesTable",
      "dynamodb:GetItem CasesTable",
      "dynamodb:PutItem CasesTable",
      "dynamodb:UpdateItem CasesTable",
      ...keyFor(...writeKeys),
      "kms:GenerateMac LinkKey",
      "s3:GetObject BucketsLetters/email/*",
      "s3:PutObject BucketsLetters/to-*",
      ...everyRecord("CasesInQueue"),
    ],
  ],
  [
    "cases/record-mail-status",
    [
      "dynamodb:GetItem CasesTable",
      "dynamodb:PutItem CasesTable",
      ...keyFor(...writeKeys),
      ...everyRecord("MailStatusQueue"),
    ],
  ],
  [
    "cases/record-meeting",
    [
      "dynamodb:ConditionCheckItem CasesTable",
      "dynamodb:PutItem CasesTable",
      ...keyFor(...writeKeys),
      ...everyRecord("MeetingsQueue"),
    ],
  ],
  [
    "cases/quarantine-alarm",
    [
      "dynamodb:PutItem CasesTable",
      "dynamodb:Query CasesTable",
      "dynamodb:Query CasesTable/index/worklist",
      ...keyFor(...writeKeys),
    ],
  ],
  ["cases/relay", relaying("CasesTable")],
  [
    "cases/api",
    [
      "dynamodb:DeleteItem CasesTable",
      "dynamodb:GetItem CasesTable",
      "dynamodb:GetItem StaffTable",
      // Of the access log nothing but a new line: not read, not changed, not removed.
      "dynamodb:PutItem AccessTable",
      "dynamodb:PutItem CasesTable",
      "dynamodb:Query CasesTable",
      "dynamodb:Query CasesTable/index/numbers",
      "dynamodb:Query CasesTable/index/worklist",
      ...keyFor(...writeKeys),
      "s3:GetObject BucketsFiles/email/*",
      "s3:GetObject BucketsFiles/out/*",
      ...letters("GetObject", "answer/", "email/", "from-", "to-", "told/", "web/"),
      "s3:GetObjectTagging BucketsFiles/email/*",
      "s3:GetObjectTagging BucketsFiles/out/*",
      "s3:ListBucket BucketsFiles",
      "s3:PutObject BucketsFiles/out/*",
      ...letters("PutObject", "answer/", "from-", "to-", "told/"),
    ],
  ],
  [
    "cases/apply-reply",
    [
      "dynamodb:GetItem CasesTable",
      "dynamodb:PutItem CasesTable",
      ...keyFor(...writeKeys),
      ...letters("GetObject", "from-", "to-"),
      ...letters("PutObject", "answer/", "to-"),
      ...unitNames.flatMap((unit) => everyRecord(`Unit${unit}ReplyQueue`)),
    ],
  ],
  [
    "cases/citizen-page",
    [
      "dynamodb:PutItem CasesTable",
      "dynamodb:Query CasesTable",
      ...keyFor(...writeKeys),
      "kms:GenerateMac LinkKey",
      "s3:GetObject BucketsFiles/out/*",
      ...letters("GetObject", "answer/", "email/", "told/", "web/"),
      ...letters("PutObject", "to-", "web/"),
    ],
  ],
  ["booking/relay", relaying("BookingTable")],
  [
    "booking/day-round",
    [
      "dynamodb:BatchGetItem BookingTable",
      "dynamodb:ConditionCheckItem BookingTable",
      "dynamodb:DeleteItem BookingTable",
      "dynamodb:PutItem BookingTable",
      "dynamodb:Query BookingTable",
      "dynamodb:Query BookingTable/index/days",
      ...keyFor(...writeKeys),
      ...letters("PutObject", "booking/"),
    ],
  ],
  [
    "booking/poll-calendars",
    [
      "dynamodb:GetItem BookingTable",
      "dynamodb:PutItem BookingTable",
      "dynamodb:Query BookingTable",
      ...keyFor(...writeKeys),
    ],
  ],
  [
    "booking/api",
    [
      "dynamodb:BatchGetItem BookingTable",
      "dynamodb:DeleteItem BookingTable",
      "dynamodb:GetItem BookingTable",
      "dynamodb:GetItem StaffTable",
      "dynamodb:PutItem BookingTable",
      "dynamodb:Query BookingTable",
      "dynamodb:Query BookingTable/index/days",
      "dynamodb:Query BookingTable/index/people",
      "dynamodb:UpdateItem BookingTable",
      ...keyFor(...writeKeys),
      ...letters("PutObject", "booking/"),
    ],
  ],
  [
    "booking/pages",
    [
      "dynamodb:BatchGetItem BookingTable",
      "dynamodb:DeleteItem BookingTable",
      "dynamodb:GetItem BookingTable",
      "dynamodb:PutItem BookingTable",
      "dynamodb:Query BookingTable",
      ...keyFor(...writeKeys),
      "kms:GenerateMac LinkKey",
      ...letters("PutObject", "booking/"),
    ],
  ],
  [
    "stats/project",
    [
      "dynamodb:PutItem StatsTable",
      "dynamodb:UpdateItem StatsTable",
      ...keyFor(...writeKeys),
      ...everyRecord("ToCountQueue"),
    ],
  ],
  [
    "stats/api",
    [
      "dynamodb:BatchGetItem StatsTable",
      "dynamodb:GetItem StaffTable",
      "dynamodb:Query StatsTable",
      ...keyFor("Decrypt", "DescribeKey"),
    ],
  ],
])("%s may do this and nothing else", (name, expected) => {
  const fn = functionNamed(name);
  expect([...new Set(granted(fn))]).toEqual(expected.toSorted());
});

test("each function has a role of its own", () => {
  const roles = resources
    .filter(({ Type }) => Type === "AWS::Lambda::Function")
    .map(({ stack, Properties }) => `${stack}/${named(Properties["Role"])}`);
  expect(new Set(roles).size).toBe(roles.length);
  expect(roles).toHaveLength(Object.keys(functions).length + 1);
});

function functionNamed(name: string): Resource {
  const found = resources.find(
    ({ Properties }) => at(Properties, "Environment", "Variables", "FUNCTION_NAME") === name,
  );
  if (!found) throw new Error(`no function ${name}`);
  return found;
}
