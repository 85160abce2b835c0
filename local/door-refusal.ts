import type { ServerResponse } from "node:http";
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

function queryError(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function json(outgoing: ServerResponse, status: number, content: object): void {
  outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(content));
}

function xml(outgoing: ServerResponse, content: string): void {
  outgoing.writeHead(403, { "content-type": "text/xml" }).end(content);
}
