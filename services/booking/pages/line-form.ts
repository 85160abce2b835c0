import { type PartOfDay, partsOfDay } from "../waiting/waiting.ts";
import { isAddress } from "./party-form.ts";

/** What was typed, as it was typed. */
export type TypedWait = { from: string; to: string; part: string; seats: string; email: string };
export type WaitField = "from" | "to" | "seats" | "email";
export type WaitFault = { field: WaitField; text: string };

/** For what somebody waits, and where they are told. */
export type Wait = { from: string; to: string; part: PartOfDay | null; seats: number; email: string };

/** What the form says; or what is wrong with it. `last`: how far ahead anybody waits, and `seats` how many there is room for. */
export function waitIn(
  typed: TypedWait,
  { today, last, seats: most }: { today: string; last: string; seats: number },
): { wait: Wait } | { faults: readonly WaitFault[] } {
  const { from, to, part, seats, email } = typed;
  const faults: WaitFault[] = [];
  if (!isDate(from)) faults.push({ field: "from", text: "Skriv den första dagen som passar" });
  if (!isDate(to)) faults.push({ field: "to", text: "Skriv den sista dagen som passar" });
  else if (to < today) faults.push({ field: "to", text: "Den sista dagen har redan varit" });
  else if (to < from) faults.push({ field: "to", text: "Den sista dagen är före den första" });
  else if (to > last) faults.push({ field: "to", text: `Den sista dagen kan vara som senast ${last}` });
  const count = Number(seats);
  if (!/^\d{1,3}$/.test(seats) || count < 1 || count > most)
    faults.push({ field: "seats", text: `Skriv hur många ni är, från 1 till ${most}` });
  if (!isAddress(email)) faults.push({ field: "email", text: "Skriv e-postadressen som namn@exempel.se" });
  if (faults.length > 0) return { faults };
  return { wait: { from, to, part: partsOfDay.find((one) => one === part) ?? null, seats: count, email } };
}

function isDate(text: string): boolean {
  const noon = new Date(`${text}T12:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(noon.getTime())) return false;
  return noon.toISOString().slice(0, 10) === text;
}
