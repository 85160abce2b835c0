import * as oauth from "oauth4webapi";
import * as z from "zod/mini";
import type { Settings } from "./settings.ts";

const SESSION = "servicecenter.session";
const PENDING = "servicecenter.sign-in";

const sessionSchema = z.object({ accessToken: z.string(), expiresAtMs: z.number() });
const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

/** Who is signed in, as the API sees it. Kept for this tab only. */
export type Session = z.infer<typeof sessionSchema>;

/** How the way back from the sign-in service ended. `returnTo` is the hash to go on to. */
export type SignInResult =
  | { outcome: "none" }
  | { outcome: "signed-in"; session: Session; returnTo: string }
  | { outcome: "cancelled" | "failed"; returnTo: string };

function readStored<Schema extends z.ZodMiniType>(key: string, schema: Schema): z.infer<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(sessionStorage.getItem(key) ?? "null"));
  } catch {
    return undefined;
  }
}

/** The session that survived a reload, unless it has run out. */
export function readSession(nowMs: number): Session | undefined {
  const session = readStored(SESSION, sessionSchema);
  return session !== undefined && session.expiresAtMs > nowMs ? session : undefined;
}

/** Who a token is about, as the API calls them. Only to know one's own among names: the API alone judges a token. */
export function subjectOf(accessToken: string): string | undefined {
  try {
    const [, claims = ""] = accessToken.split(".");
    const text = atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
    return z.object({ sub: z.string() }).parse(JSON.parse(text)).sub;
  } catch {
    return undefined;
  }
}

/** Forgets the session in this tab; the sign-in service may still know the person. */
export function forgetSession(): void {
  sessionStorage.removeItem(SESSION);
}

const redirectUri = (): string => `${location.origin}/`;

/** Plain http is for one's own machine alone. */
function isOwnMachine(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1");
}

function requestOptions(settings: Settings) {
  return {
    [oauth.allowInsecureRequests]: isOwnMachine(settings.issuer),
    signal: () => AbortSignal.timeout(20_000),
  };
}

async function discover(settings: Settings): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(settings.issuer);
  return oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, requestOptions(settings)),
  );
}

/** Leaves for the sign-in service (authorization code with PKCE). `returnTo` is the hash to come back to. Throws if it does not answer. */
export async function startSignIn(settings: Settings, returnTo: string): Promise<void> {
  const server = await discover(settings);
  if (server.authorization_endpoint === undefined)
    throw new Error("the issuer names no authorization endpoint");
  const pending = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    returnTo,
  };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint);
  const challenge = await oauth.calculatePKCECodeChallenge(pending.verifier);
  for (const [name, value] of [
    ["client_id", settings.clientId],
    ["redirect_uri", redirectUri()],
    ["response_type", "code"],
    ["scope", settings.scope],
    ["state", pending.state],
    ["nonce", pending.nonce],
    ["code_challenge", challenge],
    ["code_challenge_method", "S256"],
  ] as const) {
    url.searchParams.set(name, value);
  }
  location.assign(url);
}

/** Takes the way back from the sign-in service, if `url` is one. A code is used once: the caller cleans the address. */
export async function finishSignIn(settings: Settings, url: URL, nowMs: number): Promise<SignInResult> {
  if (!url.searchParams.has("code") && !url.searchParams.has("error")) return { outcome: "none" };
  const pending = readStored(PENDING, pendingSchema);
  sessionStorage.removeItem(PENDING);
  const returnTo = pending?.returnTo ?? "";
  if (pending === undefined) return { outcome: "failed", returnTo };
  if (url.searchParams.get("error") === "access_denied") return { outcome: "cancelled", returnTo };
  try {
    const session = await exchangeCode(settings, url, pending, nowMs);
    sessionStorage.setItem(SESSION, JSON.stringify(session));
    return { outcome: "signed-in", session, returnTo };
  } catch {
    return { outcome: "failed", returnTo };
  }
}

async function exchangeCode(
  settings: Settings,
  url: URL,
  pending: z.infer<typeof pendingSchema>,
  nowMs: number,
): Promise<Session> {
  const server = await discover(settings);
  const client = { client_id: settings.clientId };
  const parameters = oauth.validateAuthResponse(server, client, url, pending.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    pending.verifier,
    requestOptions(settings),
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: pending.nonce,
    requireIdToken: true,
  });
  // A minute early, so that a request under way is not refused by a clock that differs from ours.
  const lifetimeSeconds = Math.max((tokens.expires_in ?? 3600) - 60, 30);
  return { accessToken: tokens.access_token, expiresAtMs: nowMs + lifetimeSeconds * 1000 };
}

/** Signs out here and, when the sign-in service offers it, there too; comes back to the sign-in page. */
export async function signOut(settings: Settings): Promise<void> {
  forgetSession();
  let end: string | undefined;
  try {
    end = (await discover(settings)).end_session_endpoint;
  } catch {
    end = undefined;
  }
  if (end === undefined) {
    location.replace(redirectUri());
    return;
  }
  const url = new URL(end);
  url.searchParams.set("client_id", settings.clientId);
  url.searchParams.set("post_logout_redirect_uri", redirectUri());
  // Cognito has a name of its own: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
  url.searchParams.set("logout_uri", redirectUri());
  location.assign(url);
}
