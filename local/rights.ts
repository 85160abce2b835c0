import type { Need } from "./aws-call.ts";
import { type Assembly, nameOfArn } from "./template.ts";

/** A statement of a policy in the template, resolved. */
export type Statement = {
  Effect: "Allow" | "Deny";
  Action: string | readonly string[];
  Resource: string | readonly string[];
};

export type Rights = {
  /** Whether the function's role allows it. */
  allows(functionName: string, need: Need): boolean;
  /** What roles allow and no call has needed so far: `email/sweep: sqs:SendMessage arn:…`. Without what only AWS itself uses. */
  unused(): readonly string[];
};

/** What Lambda does for a function (its queue, its stream, its logs), and what KMS is asked by other services. */
const usedByAws =
  /^(logs|xray):|^kms:(?!GenerateMac)|^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|Get)|^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)/;

/** The rights of each function by the role that the templates give it. */
export function rightsOf(assembly: Assembly): Rights {
  const policies = assembly.all("AWS::IAM::Policy").map(({ properties }) => properties);
  const statements = new Map<string, readonly Statement[]>();
  for (const { properties } of assembly.all("AWS::Lambda::Function")) {
    if ("helper" in properties) continue;
    const role = nameOfArn(properties.Role);
    const own = policies.filter(({ Roles }) => Roles.includes(role));
    const name = properties.Environment.Variables["FUNCTION_NAME"] ?? "";
    statements.set(
      name,
      own.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    );
  }
  return rights(statements);
}

/** Answers are kept: objects' keys come once, all else comes again and again. */
const remembered = 10_000;

/** The same for statements that are at hand. A grant is used when a call has needed it; a refusal overrides. */
export function rights(statements: ReadonlyMap<string, readonly Statement[]>): Rights {
  const used = new Set<string>();
  const asked = new Map<string, boolean>();

  function decide(functionName: string, need: Need): boolean {
    const own = statements.get(functionName) ?? [];
    const fitting = own.filter((statement) => fits(statement, need));
    if (fitting.some(({ Effect }) => Effect === "Deny")) return false;
    for (const statement of fitting) {
      for (const grant of grantsOf(statement)) {
        if (matches(grant.action, need.action) && matches(grant.resource, need.resource))
          used.add(`${functionName}: ${grant.action} ${grant.resource}`);
      }
    }
    return fitting.length > 0;
  }

  return {
    allows(functionName, need) {
      const question = `${functionName} ${need.action} ${need.resource}`;
      const known = asked.get(question);
      if (known !== undefined) return known;
      const allowed = decide(functionName, need);
      if (asked.size < remembered) asked.set(question, allowed);
      return allowed;
    },
    unused() {
      const all = [...statements].flatMap(([name, own]) =>
        own
          .flatMap(grantsOf)
          .filter(({ action }) => !usedByAws.test(action))
          .map(({ action, resource }) => `${name}: ${action} ${resource}`),
      );
      return [...new Set(all)].filter((grant) => !used.has(grant)).sort((a, b) => a.localeCompare(b));
    },
  };
}

function fits({ Action, Resource }: Statement, need: Need): boolean {
  return (
    list(Action).some((action) => matches(action, need.action)) &&
    list(Resource).some((resource) => matches(resource, need.resource))
  );
}

function grantsOf({ Effect, Action, Resource }: Statement): Need[] {
  if (Effect === "Deny") return [];
  return list(Action).flatMap((action) => list(Resource).map((resource) => ({ action, resource })));
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** IAM's wildcards: `*` any run of characters, `?` any one. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
