import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type AwsRequest,
  bucketOf,
  type Need,
  needsOf,
  operationOf,
  type Service,
  serviceOf,
} from "./aws-call.ts";
import { type CorsRule, corsFields, isPreflight, uploadFault } from "./browser-rules.ts";
import { type Failure, fail, refuse, refuseUpload } from "./door-answers.ts";
import { s3Key } from "./emulators/s3.ts";
import { nameOfArn } from "./template.ts";

/** One call of AWS, as the door sees it. */
type Call = {
  /** The function, by its name in the app (`email/receive-mail`); `operator` for the runner's own tools. */
  caller: string;
  /** Which running instance of the function it is. */
  instance: string;
  service: Service;
  /** `PutItem`, `Publish`, `PUT object` … */
  operation: string;
  /** The how-manieth call of this caller, from 1. */
  n: number;
};

/** What is counted per caller, service and operation. */
type Count = {
  caller: string;
  service: Service;
  operation: string;
  calls: number;
  bytesIn: number;
  bytesOut: number;
};

/**
 * Looks at a call after AWS has done it, with the status of the answer, and before the caller hears of it. `lost`
 * withholds the answer: what happens when a function dies just then.
 */
type Watcher = (call: Call & { status: number }) => "pass" | "lost";

/**
 * What goes wrong with a call. `reset`: the connection breaks before AWS hears of it; `reset-after`: when it is done and
 * the caller does not hear of it.
 */
export type Fault = Failure | "reset" | "reset-after";
/** What is about to be asked: the SDK's own id of it, the same for each try, and its body. */
type Asked = Omit<Call, "n"> & { invocation: string; body: string };
type Injector = (asked: Asked) => Fault | undefined;

type Allows = (caller: string, need: Need) => boolean;
type RulesOf = (bucket: string) => readonly CorsRule[];
type Refusal = Need & { caller: string };

export type Door = {
  url: string;
  counts(): readonly Count[];
  /** How many calls a caller has made. */
  callsOf(caller: string): number;
  watch(watcher: Watcher | undefined): void;
  /** Decides of each call, before AWS has done it, what goes wrong. */
  inject(injector: Injector | undefined): void;
  /** From now on a call is passed only when its caller's role allows all that it needs. */
  enforce(allows: Allows): void;
  /** Hears the name of each table that a call has written, or tried to. */
  onWritten(listener: (table: string) => void): void;
  /** What pages of other origins may do with each bucket's objects. */
  letBrowsers(rulesOf: RulesOf): void;
  /** What callers were refused, oldest first. */
  refusals(): readonly Refusal[];
  stop(): Promise<void>;
};

/** What signs on as whom: the access key id names the caller and its instance, `email.receive-mail.2`. */
export function accessKeyOf(caller: string, instance: string): string {
  return `${caller.replaceAll("/", ".")}.${instance}`;
}

function callerOf(accessKey: string): { caller: string; instance: string } {
  const parts = accessKey.split(".");
  return { caller: parts.slice(0, -1).join("/"), instance: parts.at(-1) ?? "" };
}

/**
 * The one way from the functions to AWS: asks the caller's role, passes the call to the emulator of its service and
 * counts it. Nothing that a function does to AWS goes past it, so here faults can be put in.
 */
export async function openDoor(
  backends: Record<Service, string>,
  place: { region: string; account: string },
): Promise<Door> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const counts = new Map<string, Count>();
  const calls = new Map<string, number>();
  const refusals: Refusal[] = [];
  let watcher: Watcher | undefined;
  let injector: Injector | undefined;
  let allows: Allows = () => true;
  let rulesOf: RulesOf = () => [];
  let tellWritten = (_table: string): void => undefined;

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => breakOff(outgoing));
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const credential = credentialOf(incoming);
    const service = serviceOf(credential?.service);
    if (credential === undefined || service === undefined) {
      outgoing
        .writeHead(403)
        .end("The door lets in signed calls of dynamodb, kms, s3, ses, sns and sqs only.");
      return;
    }
    const who = callerOf(credential.accessKey);
    const { method = "GET", url = "/" } = incoming;
    const forBrowsers = service === "s3" ? corsFields(rulesOf(bucketOf(url)), method, incoming.headers) : {};
    if (service === "s3" && isPreflight(method, incoming.headers)) {
      outgoing.writeHead(forBrowsers === undefined ? 403 : 200, forBrowsers).end();
      return;
    }
    // An object may be large and says nothing of what the call is: it is passed on as it comes, unless it must be checked.
    const checked = incoming.headers["x-amz-checksum-sha256"] !== undefined;
    const body = service === "s3" && !checked ? undefined : await bodyOf(incoming);
    const asked: AwsRequest = {
      service,
      method,
      url,
      headers: incoming.headers,
      body: service === "s3" ? "" : (body?.toString("utf8") ?? ""),
    };
    const needs = needsOf(asked, place);
    const refused = needs.find((need) => !allows(who.caller, need));
    if (refused !== undefined) {
      refusals.push({ caller: who.caller, ...refused });
      incoming.resume();
      refuse(outgoing, asked, refused);
      return;
    }
    const wrong = service === "s3" ? uploadFault(url, incoming.headers, body) : undefined;
    if (wrong !== undefined) {
      incoming.resume();
      refuseUpload(outgoing, wrong, forBrowsers);
      return;
    }
    const operation = operationOf(asked);
    const fault = injector?.({
      ...who,
      service,
      operation,
      invocation: invocationOf(incoming),
      body: asked.body,
    });
    if (fault === "reset") {
      breakOff(outgoing);
      return;
    }
    if (fault !== undefined && fault !== "reset-after") {
      incoming.resume();
      fail(outgoing, asked, fault);
      return;
    }
    const forward = request(new URL(behindTheDoor(asked.url, credential.accessKey), backends[service]), {
      method: asked.method,
      headers: forwardedHeaders(incoming, credential.accessKey),
      agent,
    });
    forward.once("error", () => breakOff(outgoing));
    forward.once("response", (answer) => {
      const n = (calls.get(who.caller) ?? 0) + 1;
      calls.set(who.caller, n);
      const call: Call = { ...who, service, operation, n };
      count(counts, call, incoming, answer);
      for (const table of writtenBy(needs)) tellWritten(table);
      if (watcher?.({ ...call, status: answer.statusCode ?? 502 }) === "lost" || fault === "reset-after") {
        answer.resume();
        breakOff(outgoing);
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...forBrowsers });
      answer.pipe(outgoing);
      answer.once("error", () => breakOff(outgoing));
    });
    if (body !== undefined) {
      forward.end(body);
      return;
    }
    incoming.pipe(forward);
    incoming.once("close", () => {
      if (!incoming.complete) forward.destroy();
    });
  }
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    counts: () => [...counts.values()],
    callsOf: (caller) => calls.get(caller) ?? 0,
    watch: (next) => {
      watcher = next;
    },
    inject: (next) => {
      injector = next;
    },
    enforce: (next) => {
      allows = next;
    },
    onWritten: (next) => {
      tellWritten = next;
    },
    letBrowsers: (next) => {
      rulesOf = next;
    },
    refusals: () => refusals,
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const writes = /^dynamodb:(Put|Update|Delete|BatchWrite)Item$/;

/** The tables that a call writes, which needs the right to. */
function writtenBy(needs: readonly Need[]): ReadonlySet<string> {
  return new Set(
    needs.filter(({ action }) => writes.test(action)).map(({ resource }) => nameOfArn(resource)),
  );
}

/** A connection that dies without an answer: the caller sees a reset. */
function breakOff(outgoing: ServerResponse): void {
  outgoing.socket?.destroy();
}

/** Signature version 4 names key, service and more in the header, or in the query of a presigned address. */
function credentialOf(incoming: IncomingMessage): { accessKey: string; service: string } | undefined {
  const signed = incoming.headers.authorization ?? decodeURIComponent(incoming.url ?? "");
  const [, accessKey, service] =
    /Credential=([^/\s&]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(signed) ?? [];
  return accessKey === undefined || service === undefined ? undefined : { accessKey, service };
}

function invocationOf({ headers }: IncomingMessage): string {
  return String(headers["amz-sdk-invocation-id"] ?? "");
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A presigned address names the key in its query. */
function behindTheDoor(url: string, accessKey: string): string {
  return url.replace(`X-Amz-Credential=${encodeURIComponent(accessKey)}%2F`, `X-Amz-Credential=${s3Key}%2F`);
}

/** Behind the door everybody has one key: s3rver knows no other, and DynamoDB Local takes letters and digits only. */
function forwardedHeaders(incoming: IncomingMessage, accessKey: string) {
  const { authorization, ...headers } = incoming.headers;
  if (authorization === undefined) return headers;
  return {
    ...headers,
    authorization: authorization.replace(`Credential=${accessKey}/`, `Credential=${s3Key}/`),
  };
}

function count(
  counts: Map<string, Count>,
  call: Call,
  incoming: IncomingMessage,
  answer: IncomingMessage,
): void {
  const { caller, service, operation } = call;
  const key = `${caller} ${service} ${operation}`;
  const kept = counts.get(key) ?? { caller, service, operation, calls: 0, bytesIn: 0, bytesOut: 0 };
  kept.calls += 1;
  kept.bytesIn += Number(incoming.headers["content-length"] ?? 0);
  kept.bytesOut += Number(answer.headers["content-length"] ?? 0);
  counts.set(key, kept);
}
