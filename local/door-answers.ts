import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { AwsRequest, Need } from "./aws-call.ts";

/** Answers as the service itself does when a role does not allow what a call needs. */
export function refuse(outgoing: ServerResponse, { service }: AwsRequest, { action, resource }: Need): void {
  const message = `User is not authorized to perform: ${action} on resource: ${resource}`;
  switch (service) {
    case "dynamodb":
    case "kms":
      json(outgoing, 400, {
        __type: "com.amazon.coral.service#AccessDeniedException",
        Message: message,
      });
      break;
    case "sqs":
      json(outgoing, 403, { __type: "com.amazonaws.sqs#AccessDeniedException", message });
      break;
    case "s3":
      xml(outgoing, `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`);
      break;
    case "ses":
      xml(outgoing, queryError("AccessDenied", message));
      break;
    case "sns":
      xml(outgoing, queryError("AuthorizationError", message));
      break;
  }
}

/** As S3 does with an upload that is not what its address was signed for. */
export function refuseUpload(
  outgoing: ServerResponse,
  code: "SignatureDoesNotMatch" | "BadDigest",
  fields: OutgoingHttpHeaders = {},
): void {
  outgoing.writeHead(code === "BadDigest" ? 400 : 403, { "content-type": "text/xml", ...fields });
  outgoing.end(`<Error><Code>${code}</Code></Error>`);
}

/** What AWS does now and then, and no emulator: too many requests, a conflict of transactions, a fault of its own. */
export type Failure = "throttled" | "conflict" | "server-error";

/** Answers as the service itself does when it fails so. A conflict is DynamoDB's alone. */
export function fail(outgoing: ServerResponse, { service, body }: AwsRequest, failure: Failure): void {
  if (failure === "server-error") {
    outgoing.writeHead(500, { "content-type": "application/x-amz-json-1.0" });
    outgoing.end(JSON.stringify({ __type: "InternalServerError", message: "Injected." }));
    return;
  }
  if (failure === "conflict" && service === "dynamodb") {
    conflict(outgoing, body);
    return;
  }
  if (service === "ses" || service === "sns" || service === "s3") {
    outgoing.writeHead(503, { "content-type": "text/xml" });
    outgoing.end(
      service === "s3" ? "<Error><Code>SlowDown</Code></Error>" : queryError("Throttling", "Injected."),
    );
    return;
  }
  json(outgoing, 400, { __type: "com.amazonaws#ThrottlingException", message: "Injected." });
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
function conflict(outgoing: ServerResponse, body: string): void {
  const items: unknown[] = JSON.parse(body).TransactItems ?? [];
  const prefix = "com.amazonaws.dynamodb.v20120810";
  if (items.length === 0) {
    json(outgoing, 400, { __type: `${prefix}#TransactionConflictException`, message: "Injected." });
    return;
  }
  const reasons = items.map((_item, place) => ({ Code: place === 0 ? "TransactionConflict" : "None" }));
  json(outgoing, 400, {
    __type: `${prefix}#TransactionCanceledException`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    CancellationReasons: reasons,
  });
}

function queryError(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function json(outgoing: ServerResponse, status: number, content: object): void {
  outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(content));
}

function xml(outgoing: ServerResponse, content: string): void {
  outgoing.writeHead(403, { "content-type": "text/xml" }).end(content);
}
