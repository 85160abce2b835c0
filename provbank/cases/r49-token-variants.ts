import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { System } from "../../local/system.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";

type Json = Record<string, unknown>;
type Signer = (input: string) => string;

/** One way to knock: headers as they go over the wire, and what is put into the query. */
type Knock = { headers: readonly (readonly [string, string])[]; query?: string };

/**
 * A request that must not be taken for Amina's. `refused`: 401 or 403, the token is none of ours or not for this.
 * `powerless`: the token is ours, but what it claims gives nothing: 404, as to anybody without the right.
 */
type Variant = { name: string; knock: Knock; outcome: "refused" | "powerless" };

const paths = ["/cases/worklists/unassigned", "/stats/days?from=2026-11-24&to=2026-11-24"];

async function run({ say }: Bench): Promise<Figure> {
  const state = mkdtempSync(join(tmpdir(), "tokens-"));
  try {
    // With a folder of its own the system leaves its signing key there.
    return await withSystem({ state, functionsAs: "threads", maxInstances: 1 }, async (system) => {
      const keys = JSON.parse(readFileSync(join(state, "oidc-key.json"), "utf8"));
      const bait = await baitServer();
      try {
        const good = await system.oidc.tokenFor("amina");
        const violations: string[] = [];
        await mustBeWelcome(system, good, violations);
        const variants = variantsOf(good, keys, system.oidc.issuer, bait.url);
        let refused = 0;
        for (const variant of variants) {
          const statuses = await Promise.all(paths.map((path) => statusOf(system, path, variant.knock)));
          const fits = statuses.every((status) => fitsOutcome(status, variant.outcome));
          if (fits) refused += 1;
          else violations.push(`${variant.name}: ${statuses.join(", ")}`);
        }
        await mustBeWelcome(system, good, violations);
        if (bait.fetched() > 0) violations.push("a key was fetched from where a token said");
        say(`${refused} of ${variants.length} refused`);
        return { holds: violations.length === 0, variants: variants.length, refused, violations };
      } finally {
        await bait.stop();
      }
    });
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function fitsOutcome(status: number, outcome: Variant["outcome"]): boolean {
  return outcome === "powerless" ? status === 404 : status === 401 || status === 403;
}

/** That a good token opens what the others must not, before and after them. */
async function mustBeWelcome(system: System, good: string, violations: string[]): Promise<void> {
  for (const path of paths) {
    const status = await statusOf(system, path, bearer(good));
    if (status !== 200) violations.push(`a good token: ${status}`);
  }
}

const bearer = (token: string): Knock => ({ headers: [["authorization", `Bearer ${token}`]] });

function variantsOf(good: string, keys: Json, issuer: string, baitUrl: string): readonly Variant[] {
  const ours = createPrivateKey({ key: keys as never, format: "jwk" });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [head = "", body = "", signature = ""] = good.split(".");
  const header: Json = read(head);
  const claims: Json = read(body);
  const nowSeconds = Math.floor(Date.now() / 1000);

  const byOurs: Signer = (input) => sign("sha256", Buffer.from(input), ours).toString("base64url");
  const byStranger: Signer = (input) =>
    sign("sha256", Buffer.from(input), stranger.privateKey).toString("base64url");
  const byCurve: Signer = (input) =>
    sign("sha256", Buffer.from(input), { key: curve.privateKey, dsaEncoding: "ieee-p1363" }).toString(
      "base64url",
    );
  const bySecret =
    (secret: string | Buffer): Signer =>
    (input) =>
      createHmac("sha256", secret).update(input).digest("base64url");
  const unsigned: Signer = () => "";
  const publicPem = createPublicKey(ours).export({ type: "spki", format: "pem" });

  const claiming = (changes: Json, by: Signer = byOurs) => made(header, { ...claims, ...changes }, by);
  const headed = (changes: Json, by: Signer) => made({ ...header, ...changes }, claims, by);
  /** The payload as text, since an object cannot hold a name twice. */
  const twice = (more: string) => signed(header, JSON.stringify(claims).replace(/\}$/, `,${more}}`), byOurs);
  const refused = (name: string, knock: Knock): Variant => ({ name, knock, outcome: "refused" });
  const powerless = (name: string, token: string): Variant => ({
    name,
    knock: bearer(token),
    outcome: "powerless",
  });

  return [
    refused("alg none", bearer(headed({ alg: "none" }, unsigned))),
    refused("alg nOnE, with the old signature", bearer(headed({ alg: "nOnE" }, () => signature))),
    refused("HS256 with the public key", bearer(headed({ alg: "HS256" }, bySecret(publicPem)))),
    refused(
      "HS256 with the public key's modulus",
      bearer(headed({ alg: "HS256" }, bySecret(String(keys["n"])))),
    ),
    refused("ES256 with another's key", bearer(headed({ alg: "ES256" }, byCurve))),
    refused("another's key under our key's id", bearer(headed({}, byStranger))),
    refused("wrong issuer", bearer(claiming({ iss: "https://login.example.org" }))),
    refused("another tenant of the same provider", bearer(claiming({ iss: `${issuer}-2` }, byStranger))),
    refused("wrong audience", bearer(claiming({ aud: "somebody-else", client_id: "somebody-else" }))),
    refused("ID token", bearer(claiming({ token_use: "id", scope: undefined }))),
    refused("ID token with the scope", bearer(claiming({ token_use: "id" }))),
    refused("no use said", bearer(claiming({ token_use: undefined }))),
    refused("expired", bearer(claiming({ iat: nowSeconds - 7200, exp: nowSeconds - 3600 }))),
    refused("not valid yet", bearer(claiming({ nbf: nowSeconds + 3600 }))),
    refused("issued in the future", bearer(claiming({ iat: nowSeconds + 3600, exp: nowSeconds + 7200 }))),
    refused("no scope", bearer(claiming({ scope: undefined }))),
    refused("another scope", bearer(claiming({ scope: "openid profile" }))),
    refused("kid that is a path", bearer(headed({ alg: "HS256", kid: "../../../dev/null" }, bySecret("")))),
    refused("jku of another", bearer(headed({ jku: `${baitUrl}/jwks.json`, kid: "bait" }, byStranger))),
    refused("x5u of another", bearer(headed({ x5u: `${baitUrl}/chain.pem`, kid: "bait" }, byStranger))),
    refused("its own key inside", bearer(headed({ jwk: publicJwk(stranger.publicKey) }, byStranger))),
    refused("critical header that nobody knows", bearer(headed({ crit: ["trust"], trust: true }, byOurs))),
    powerless("roles claimed as an array", claiming({ sub: "vaxel", roles: ["agent", "manager"] })),
    powerless(
      "roles claimed as a string",
      claiming({ sub: "vaxel", roles: "agent", "cognito:groups": "agent" }),
    ),
    powerless("somebody who does not work here", claiming({ sub: "nobody" })),
    refused("use said twice", bearer(twice('"token_use":"id"'))),
    refused("end said twice", bearer(twice(`"exp":${nowSeconds - 60}`))),
    refused("empty", bearer("")),
    refused("no scheme", { headers: [["authorization", good]] }),
    refused("garbage", bearer("%00…\u00ff".replaceAll(/[^\x20-\x7e]/g, "?"))),
    refused("signature cut short", bearer(`${head}.${body}.${signature.slice(0, -8)}`)),
    refused("no signature", bearer(`${head}.${body}.`)),
    refused("dots too many", bearer(`${good}.${signature}`)),
    refused("payload of another under a good signature", bearer(swapped(head, signature, claims))),
    refused("lower-case bearer, another's key", {
      headers: [["authorization", `bearer ${headed({}, byStranger)}`]],
    }),
    refused("two headers, the first of another's key", {
      headers: [...bearer(headed({}, byStranger)).headers, ...bearer(good).headers],
    }),
    refused("two tokens in one header", bearer(`${headed({}, byStranger)}, Bearer ${good}`)),
    refused("in the query", { headers: [], query: `access_token=${good}&authorization=Bearer%20${good}` }),
    refused("in a cookie", { headers: [["cookie", `access_token=${good}; id_token=${good}`]] }),
  ];
}

function made(header: Json, claims: Json, by: Signer): string {
  return signed(header, JSON.stringify(claims), by);
}

function signed(header: Json, payload: string, by: Signer): string {
  const input = `${base64url(JSON.stringify(header))}.${base64url(payload)}`;
  return `${input}.${by(input)}`;
}

function swapped(head: string, signature: string, claims: Json): string {
  return `${head}.${base64url(JSON.stringify({ ...claims, sub: "jonas" }))}.${signature}`;
}

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const read = (part: string): Json => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
const publicJwk = (key: ReturnType<typeof createPublicKey>) => key.export({ format: "jwk" });

/** Where forged tokens say that their key lies. Whoever asks here has believed one. */
async function baitServer() {
  let fetched = 0;
  const server = createServer((_incoming, outgoing) => {
    fetched += 1;
    outgoing.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fetched: () => fetched,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Asks with headers exactly as given, one twice if need be: fetch would join them. */
async function statusOf(system: System, path: string, { headers, query }: Knock): Promise<number> {
  const url = new URL(path, system.origin);
  if (query !== undefined) url.search += `${url.search === "" ? "?" : "&"}${query}`;
  return await new Promise((resolve, reject) => {
    const asking = request(url, { headers: ["host", url.host, ...headers.flat()], agent: false });
    asking.once("error", reject);
    asking.once("response", (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    asking.end();
  });
}

export const tokenVariants: ProvingCase = {
  id: "R49",
  title: "forged, borrowed, expired and embellished tokens",
  run,
};
