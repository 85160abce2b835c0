import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type Oidc, oidcPath } from "../emulators/oidc.ts";
import type { Host } from "../host.ts";
import { mailboxPage, mailboxPath } from "./mailbox.ts";
import type { SentMail } from "./ses.ts";

/** A route of the template's HTTP API. */
export type ApiRoute = {
  /** `ANY /cases/{proxy+}`. */
  key: string;
  host: Host;
  /** The scopes of which a token must have one; undefined for a route without authorizer. */
  scopes: readonly string[] | undefined;
};

export type HttpFront = { port: number; stop(): Promise<void> };

/** The largest body that API Gateway takes. */
const maxBodyBytes = 10 * 1024 * 1024;

/**
 * One port for everything that a browser asks: the API's routes, the sign-in, and the console's files. Everything is
 * looked up at each request, so the port can be taken before the rest is up.
 */
export async function listenHttp(options: {
  port: number;
  routes: () => readonly ApiRoute[];
  oidc: () => Oidc;
  /** The console's files, the first folder that has one wins; and files made from the template. */
  folders: () => readonly string[];
  generated: () => ReadonlyMap<string, string>;
  /** What went out, for the mailbox page. */
  sent: () => readonly SentMail[];
  /** Addresses that lead here, as mails have them. */
  ownAddresses: readonly string[];
}): Promise<HttpFront> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", "http://localhost");
    if (url.pathname.startsWith(`${oidcPath}/`)) {
      options.oidc().handle(incoming, outgoing);
      return;
    }
    if (url.pathname === mailboxPath || url.pathname.startsWith(`${mailboxPath}/`)) {
      const page = await mailboxPage(url.pathname, options.sent(), options.ownAddresses);
      outgoing.writeHead(page === undefined ? 404 : 200, { "content-type": types[".html"] });
      outgoing.end(page ?? "Mejlet finns inte.");
      return;
    }
    const route = options
      .routes()
      .find((candidate) => fits(candidate.key, incoming.method ?? "GET", url.pathname));
    if (route === undefined) serveFile(url.pathname, outgoing);
    else await callApi(route, incoming, outgoing, url);
  }

  function serveFile(path: string, outgoing: ServerResponse): void {
    const name = path === "/" ? "/index.html" : path;
    const generated = options.generated().get(name.slice(1));
    if (generated !== undefined) {
      outgoing
        .writeHead(200, { "content-type": contentType(name), "cache-control": "no-store" })
        .end(generated);
      return;
    }
    const file = options
      .folders()
      .map((folder) => join(folder, normalize(decodeURIComponent(name))))
      .find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
    if (file === undefined) {
      outgoing.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Sidan finns inte.\n");
      return;
    }
    outgoing.writeHead(200, { "content-type": contentType(file) });
    createReadStream(file).pipe(outgoing);
  }

  async function callApi(
    route: ApiRoute,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    url: URL,
  ): Promise<void> {
    const claims = route.scopes === undefined ? {} : await claimsOf(incoming);
    if (claims === undefined) return sendJson(outgoing, 401, { message: "Unauthorized" });
    const granted = String(claims["scope"] ?? "").split(" ");
    if (route.scopes !== undefined && !route.scopes.some((scope) => granted.includes(scope))) {
      return sendJson(outgoing, 403, { message: "Forbidden" });
    }
    const body = await bodyOf(incoming);
    if (body === undefined) return sendJson(outgoing, 413, { message: "Request Entity Too Large" });
    try {
      const result = await route.host.invoke(apiEvent(route, incoming, url, body, claims));
      sendResult(outgoing, result as APIGatewayProxyStructuredResultV2);
    } catch {
      sendJson(outgoing, 500, { message: "Internal Server Error" });
    }
  }

  async function claimsOf(incoming: IncomingMessage): Promise<Record<string, unknown> | undefined> {
    const token = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1];
    return token === undefined ? undefined : await options.oidc().verify(token);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Route keys as HTTP APIs write them: `ANY /cases/{proxy+}`, `GET /m/{token}`. */
function fits(key: string, method: string, path: string): boolean {
  const [wantedMethod = "", wantedPath = ""] = key.split(" ");
  if (wantedMethod !== "ANY" && wantedMethod !== method) return false;
  const pattern = wantedPath.replace(/\{\w+\+\}/g, ".+").replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(path);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += (chunk as Buffer).length;
    if (bytes <= maxBodyBytes) chunks.push(chunk as Buffer);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks);
}

/** Payload format 2.0 (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). */
function apiEvent(
  route: ApiRoute,
  incoming: IncomingMessage,
  url: URL,
  body: Buffer,
  claims: Record<string, unknown>,
): APIGatewayProxyEventV2 {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  const method = incoming.method ?? "GET";
  const http = { method, path: url.pathname, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "" };
  const jwt = {
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])),
  };
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: Object.fromEntries(headers),
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: "localhost",
      domainPrefix: "localhost",
      http,
      requestId: "local",
      routeKey: route.key,
      stage: "$default",
      time: "",
      timeEpoch: 0,
      ...(route.scopes === undefined ? {} : { authorizer: { jwt: { ...jwt, scopes: [] } } }),
    },
    ...(body.length === 0 ? {} : { body: body.toString("base64") }),
    isBase64Encoded: body.length > 0,
  };
}

function sendResult(outgoing: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const headers = Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  outgoing.writeHead(result.statusCode ?? 200, headers);
  outgoing.end(Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8"));
}

function sendJson(outgoing: ServerResponse, status: number, content: unknown): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".ico": "image/x-icon",
};

function contentType(file: string): string {
  return types[extname(file)] ?? "application/octet-stream";
}
