import type { System } from "../local/system.ts";

type Asker = { sub: string } | { token: string } | undefined;

/** Asks the API as one of the demo's staff, or with a token of one's own making. */
export async function ask(system: System, path: string, as: Asker) {
  const answer = await fetch(`${system.origin}${path}`, { headers: await headersOf(system, as) });
  return { status: answer.status, body: await answer.json() };
}

/** Changes something by the API. */
export async function change(
  system: System,
  path: string,
  as: Asker,
  content: unknown,
  method: "POST" | "PUT" = "POST",
) {
  const answer = await fetch(`${system.origin}${path}`, {
    method,
    headers: { ...(await headersOf(system, as)), "content-type": "application/json" },
    body: JSON.stringify(content),
  });
  return { status: answer.status, body: await answer.json() };
}

async function headersOf(system: System, as: Asker): Promise<Record<string, string>> {
  const token = as === undefined ? undefined : "token" in as ? as.token : await system.oidc.tokenFor(as.sub);
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
