import { clockInSweden, shortDate } from "../../ui/swedish-time.ts";
import type { Duties, Duty } from "../api/quarantine-schemas.ts";

/** Whose day it is and whether it is done: "I dag: Amina. Inte genomgången än." */
export function todayText({ today, days }: Duties): string {
  const first = days[0];
  if (first === undefined || first.date !== today) {
    const next =
      first === undefined ? "" : ` Nästa arbetsdag, ${shortDate(first.date, today)}: ${whose(first)}.`;
    return `I dag är ledig dag.${next}`;
  }
  if (first.done === null) return `I dag: ${whose(first)}. Inte genomgången än.`;
  return `I dag: ${whose(first)}. Genomgången kl. ${clockInSweden(new Date(first.done.at))} av ${first.done.by}.`;
}

/** What is left to see to, where something is: what lay here before today, and what comes on the days off. */
export function remainderText({ today, days, heldBeforeToday }: Duties): string | undefined {
  const first = days[0];
  if (first === undefined || first.date !== today) return undefined;
  if (first.done === null && heldBeforeToday > 0) {
    const lay = heldBeforeToday === 1 ? "1 ärende har legat" : `${heldBeforeToday} ärenden har legat`;
    return `${lay} här sedan före i dag. Karantänen ska vara genomgången senast kl. 10.`;
  }
  if (first.daysOffAfter === 0) return undefined;
  const days_ = first.daysOffAfter === 1 ? "1 ledig dag" : `${first.daysOffAfter} lediga dagar`;
  return `Efter i dag kommer ${days_}. Titta igenom en gång till innan du går hem.`;
}

export function whose({ person }: Duty): string {
  return person?.name ?? "ingen har dagen";
}
