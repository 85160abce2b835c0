import { clockInSweden, shortDate } from "../../ui/swedish-time.ts";
import { monthName } from "./local-time.ts";
import type { Fault, Flag } from "./rota-schemas.ts";

type Words = { person: (id: string) => string; today: string };

/** What refuses a rota's publishing, in a sentence that names the month or the day. */
export function faultText(fault: Fault, { person, today }: Words): string {
  const { code, month = "", date = today, has = 0, needs = 0 } = fault;
  const who = person(fault.person ?? "");
  switch (code) {
    case "too-few-evenings":
      return `${monthName(month)} har ${has} av ${needs} kvällar med bemanning 16–18`;
    case "same-person-two-offices":
      return `${who} är schemalagd på två platser ${shortDate(date, today)}`;
    case "not-approved":
      return fault.manager == null
        ? `${who} har ingen chef som kan godkänna, från ${shortDate(date, today)}`
        : `${who} är inte godkänd av ${person(fault.manager)}, från ${shortDate(date, today)}`;
    default:
      return code;
  }
}

/** What does not refuse it, but must be known. */
export function flagText(flag: Flag, { person, today }: Words): string {
  const day = shortDate(flag.date, today);
  const clock = (at: string | undefined) => (at === undefined ? "" : clockInSweden(new Date(at)));
  switch (flag.code) {
    case "below-minimum":
      return `${day} ${clock(flag.from)}–${clock(flag.to)}: ${flag.has ?? 0} av ${flag.needs ?? 0} på plats, tiderna går inte att boka`;
    case "absent":
      return `${day}: ${person(flag.person ?? "")} är frånvarande`;
    case "outside-opening":
      return `${day}: pass utanför öppettiden`;
    default:
      return `${day}: ${flag.code}`;
  }
}

/** Why a rota was not published: what is wrong, the months first, so many that it can be read. */
export function refusedPublishing(faults: readonly Fault[], words: Words): string {
  const most = 3;
  const ordered = faults.toSorted((one, other) => rank(one) - rank(other));
  const told = ordered.slice(0, most).map((fault) => faultText(fault, words));
  const rest = faults.length > most ? ` Och ${faults.length - most} till, se listan.` : "";
  return `Schemat är inte publicerat. ${told.map((text) => `${sentence(text)}.`).join(" ")}${rest}`;
}

const rank = ({ code }: Fault): number => (code === "too-few-evenings" ? 0 : 1);

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
