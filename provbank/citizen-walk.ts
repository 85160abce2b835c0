import { randomBytes } from "node:crypto";
import type { System } from "../local/system.ts";
import { rowsOf } from "./invariants.ts";

/** A citizen who books on the pages and cancels by the link; their address is theirs alone. */
export type CitizenWalk = { address: string };

/**
 * A citizen holds a time, says who comes, and cancels: three forms, each sent again as it was until the page answers, as somebody does whose
 * browser says that something went wrong.
 */
export async function bookOnPages(
  system: System,
  { service, office, time }: { service: string; office: string; time: string },
  name: string,
): Promise<CitizenWalk> {
  const address = `${name.replaceAll(/[^a-z0-9]/g, "-")}@example.org`;
  const send = async (path: string, fields: Record<string, string>): Promise<string> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${system.origin}${path}`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams(fields),
      });
      const to = answer.headers.get("location");
      if (answer.status < 500 && to !== null) return to.split("?")[0] ?? "";
      if (answer.status < 500 || attempt === 20)
        throw new Error(`${name}: ${path} answered ${answer.status}, ${await answer.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 25 * attempt));
    }
  };
  const form = randomBytes(16).toString("hex");
  const own = await send(`/b/${service}/${office}`, {
    form,
    tid: `${time.slice(0, 16)}Z`,
    plats: office,
  });
  await send(own, { namn: "Åsa Prov", epost: address, telefon: "" });
  await send(`${own}/avboka`, {});
  return { address };
}

/** Told of the booking and of its end, each once. `atMost`: the function that sends was killed, and what it did not hear of is not sent again. */
export async function faultsOfCitizenWalks(
  system: System,
  walks: readonly CitizenWalk[],
  { atMost }: { atMost: boolean },
): Promise<string[]> {
  const faults = walks.flatMap(({ address }) => {
    const mails = system.sent().filter(({ to }) => to.includes(address)).length;
    return mails === 2 || (atMost && mails < 2) ? [] : [`${address}: ${mails} mails, not 2`];
  });
  if (faults.length === 0) return [];
  const outbox = (await rowsOf(system, "EmailTable")).filter(({ kind }) => kind === "booking");
  const standing = Object.entries(Object.groupBy(outbox, ({ status }) => String(status)));
  const counts = standing.map(([status, rows = []]) => `${status} ${rows.length}`).join(", ");
  return [...faults, `mails of bookings: ${counts}`];
}
