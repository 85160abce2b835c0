import type { IncomingHttpHeaders } from "node:http";

/** The AWS services that the one machine has. */
export type Service = "dynamodb" | "kms" | "s3" | "ses" | "sns" | "sqs";
const services: readonly Service[] = ["dynamodb", "kms", "s3", "ses", "sns", "sqs"];

/** A request of an AWS service, as it comes to the door. Of S3 the body is not looked at. */
export type AwsRequest = {
  service: Service;
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
};

/** One thing that a request asks to be allowed: an IAM action on a resource's ARN. */
export type Need = { action: string; resource: string };

export function serviceOf(name: string | undefined): Service | undefined {
  return services.find((service) => service === name);
}

/** `PutItem`, `Publish`, `PUT object` … */
export function operationOf({ service, method, url, headers, body }: AwsRequest): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.slice(target.indexOf(".") + 1);
  if (service === "s3") return `${method} ${objectOf(url) === undefined ? "bucket" : "object"}`;
  return new URLSearchParams(body).get("Action") ?? "unknown";
}

type Place = { region: string; account: string };

/**
 * What a request needs to be allowed (https://docs.aws.amazon.com/service-authorization/latest/reference/): each item of
 * a transaction its own action on its own table, an index beside its table, an object by its key.
 */
export function needsOf(request: AwsRequest, place: Place): readonly Need[] {
  switch (request.service) {
    case "dynamodb":
      return tableNeeds(operationOf(request), JSON.parse(request.body), place);
    case "kms":
      return [{ action: `kms:${operationOf(request)}`, resource: JSON.parse(request.body).KeyId }];
    case "s3":
      return objectNeeds(request);
    case "ses":
      return sendingNeeds(new URLSearchParams(request.body), place);
    case "sns":
      return [
        {
          action: `sns:${operationOf(request).replace(/Batch$/, "")}`,
          resource: new URLSearchParams(request.body).get("TopicArn") ?? "",
        },
      ];
    case "sqs":
      return [queueNeed(operationOf(request), JSON.parse(request.body), place)];
  }
}

type TableItem = { TableName: string };
type TableRequest = Partial<TableItem> & {
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, TableItem>[];
};

function tableNeeds(operation: string, asked: TableRequest, { region, account }: Place): readonly Need[] {
  const arn = (name: string) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
  const actions: Record<string, string> = {
    Put: "PutItem",
    Update: "UpdateItem",
    Delete: "DeleteItem",
    ConditionCheck: "ConditionCheckItem",
    Get: "GetItem",
  };
  if (asked.TransactItems !== undefined) {
    return asked.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: `dynamodb:${actions[kind] ?? kind}`,
        resource: arn(TableName),
      })),
    );
  }
  const action = `dynamodb:${operation}`;
  if (asked.RequestItems !== undefined)
    return Object.keys(asked.RequestItems).map((name) => ({ action, resource: arn(name) }));
  const index = asked.IndexName === undefined ? "" : `/index/${asked.IndexName}`;
  return [{ action, resource: `${arn(asked.TableName ?? "")}${index}` }];
}

const objectActions: Record<string, string> = {
  GET: "s3:GetObject",
  HEAD: "s3:GetObject",
  PUT: "s3:PutObject",
  DELETE: "s3:DeleteObject",
};

function objectNeeds({ method, url }: AwsRequest): readonly Need[] {
  const object = objectOf(url);
  const bucket = bucketOf(url);
  if (object === undefined) return [{ action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` }];
  const tags = /[?&]tagging(=|&|$)/.test(url) ? "Tagging" : "";
  const action = `${objectActions[method] ?? `s3:${method}`}${tags}`;
  return [{ action, resource: `arn:aws:s3:::${bucket}/${object}` }];
}

/** The bucket of a path-style address. */
export function bucketOf(url: string): string {
  return /^\/([^/?]+)/.exec(url)?.[1] ?? "";
}

/** The key of a path-style address; undefined for the bucket itself. */
function objectOf(url: string): string | undefined {
  const key = /^\/[^/?]+\/([^?]+)/.exec(url)?.[1];
  return key === undefined ? undefined : decodeURIComponent(key);
}

function sendingNeeds(form: URLSearchParams, { region, account }: Place): readonly Need[] {
  const action = `ses:${form.get("Action")}`;
  const arn = (what: string) => `arn:aws:ses:${region}:${account}:${what}`;
  const domain = (form.get("Source") ?? "").split("@").at(-1);
  const set = form.get("ConfigurationSetName");
  return [
    { action, resource: arn(`identity/${domain}`) },
    ...(set === null ? [] : [{ action, resource: arn(`configuration-set/${set}`) }]),
  ];
}

function queueNeed(operation: string, asked: { QueueUrl?: string }, { region, account }: Place): Need {
  const name = (asked.QueueUrl ?? "").split("/").at(-1);
  return {
    action: `sqs:${operation.replace(/Batch$/, "")}`,
    resource: `arn:aws:sqs:${region}:${account}:${name}`,
  };
}
