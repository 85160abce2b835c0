import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import Provider, { type KoaContextWithOIDC } from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";
import { demoStaff } from "../demo-staff.ts";

/** The staff's sign-in, as Cognito gives it: an issuer, its tokens, and a page where one picks who to be. */
export type Oidc = {
  issuer: string;
  /** Answers everything below the issuer's path. */
  handle(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** The claims of an access token of ours for the client, or undefined when it is not one. */
  verify(token: string): Promise<Record<string, unknown> | undefined>;
  /** An access token without the browser's way there, for tests and tools. */
  tokenFor(sub: string, validSeconds?: number): Promise<string>;
};

export const oidcPath = "/oidc";
const keyId = "local-1";
const algorithm = "RS256";

export async function openOidc(options: {
  origin: string;
  clientId: string;
  scope: string;
  keyFile: string | undefined;
}): Promise<Oidc> {
  const issuer = `${options.origin}${oidcPath}`;
  const jwk = await signingKey(options.keyFile);
  const resource = `${issuer}/api`;
  const provider = new Provider(issuer, {
    // Made here, so that the provider does not warn of its own: on one machine sessions may be gone after a stop.
    adapter: createMemoryAdapter(0),
    clients: [
      {
        client_id: options.clientId,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code"],
        response_types: ["code"],
        redirect_uris: [`${options.origin}/`],
        post_logout_redirect_uris: [`${options.origin}/`],
      },
    ],
    jwks: { keys: [jwk] },
    scopes: ["openid", options.scope],
    cookies: { keys: ["one machine"] },
    pkce: { required: () => true },
    clientBasedCORS: (_context, origin) => origin === options.origin,
    ttl: { AccessToken: 3600, IdToken: 3600, Session: 36_000, Grant: 36_000, Interaction: 3600 },
    interactions: { url: (_context, interaction) => `${oidcPath}/sign-in/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    extraTokenClaims: (_context, token) => ({
      token_use: "access",
      ...("clientId" in token ? { client_id: token.clientId } : {}),
    }),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: options.scope,
          audience: options.clientId,
          accessTokenFormat: "jwt",
          accessTokenTTL: 3600,
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
    async loadExistingGrant(context) {
      const accountId = context.oidc.session?.accountId;
      const grant = new context.oidc.provider.Grant({ accountId, clientId: options.clientId });
      grant.addOIDCScope(`openid ${options.scope}`);
      grant.addResourceScope(resource, options.scope);
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();

  function handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = (incoming.url ?? "").slice(oidcPath.length);
    if (path.startsWith("/sign-in/")) {
      signIn(provider, incoming, outgoing).catch(() =>
        outgoing.writeHead(400).end("Börja om från inloggningen."),
      );
      return;
    }
    Object.assign(incoming, { originalUrl: incoming.url, url: path });
    void answer(incoming, outgoing);
  }

  const key = await importJWK(jwk, algorithm);
  const publicKey = await importJWK({ kty: "RSA", n: jwk.n, e: jwk.e } as JWK, algorithm);
  return {
    issuer,
    handle,
    async verify(token) {
      try {
        // An age is asked for so that `iat` is looked at: the gateway refuses a token of the future.
        const checks = {
          issuer,
          audience: options.clientId,
          algorithms: [algorithm],
          maxTokenAge: "30 days",
        };
        return (await jwtVerify(token, publicKey, checks)).payload;
      } catch {
        return undefined;
      }
    },
    tokenFor: (sub, validSeconds = 3600) => {
      const nowSeconds = Math.floor(Date.now() / 1000);
      return new SignJWT({ scope: options.scope, token_use: "access", client_id: options.clientId })
        .setProtectedHeader({ alg: algorithm, kid: keyId, typ: "at+jwt" })
        .setIssuer(issuer)
        .setAudience(options.clientId)
        .setSubject(sub)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(nowSeconds + validSeconds)
        .sign(key);
    },
  };
}

/** Kept beside the other state, so that whoever is signed in stays so over a restart. */
async function signingKey(file: string | undefined): Promise<JWK> {
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: keyId, use: "sig", alg: algorithm };
  if (file !== undefined) writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
}

async function signIn(
  provider: Provider,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const accountId = new URL(incoming.url ?? "/", "http://localhost").searchParams.get("as");
  if (incoming.method === "GET" && accountId === null) {
    await provider.interactionDetails(incoming, outgoing);
    outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    outgoing.end(page());
    return;
  }
  if (!demoStaff.some((person) => person.sub === accountId)) throw new Error("nobody of that name");
  await provider.interactionFinished(incoming, outgoing, { login: { accountId: accountId ?? "" } });
}

function page(): string {
  const people = demoStaff
    .map(({ sub, name, title }) => `<li><a href="?as=${sub}"><strong>${name}</strong> ${title}</a></li>`)
    .join("");
  return `<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>Logga in som</title>
<style>body{font:1rem/1.5 system-ui;margin:2rem auto;padding:0 1rem;max-width:32rem}ul{list-style:none;padding:0}
a{display:block;padding:.6rem .8rem;margin:.3rem 0;border:1px solid;border-radius:.4rem;text-decoration:none}</style>
<main><h1>Logga in som</h1><p>Demokommunens personal. Inloggningen finns bara på den här datorn.</p><ul>${people}</ul></main></html>`;
}

/** Signs out without a question: the console has asked for it. */
function logoutSource(context: KoaContextWithOIDC, form: string): void {
  context.type = "text/html; charset=utf-8";
  context.body = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>Loggar ut</title>
${form.replace("</form>", '<input type="hidden" name="logout" value="yes"></form>')}
<script>document.forms[0].submit()</script></html>`;
}
