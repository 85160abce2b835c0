import { municipality } from "#shared/config.ts";
import type { LocalDate } from "#shared/time/working-time.ts";

/** Every key begins with the organisation: nothing of one can be read with the key of another. */
function organisation(): string {
  return municipality().organisation.id;
}

/** The figures of one day, each an attribute of its own name: a page of days is one BatchGet. */
export function dayKey(date: LocalDate) {
  return { pk: `${organisation()}#DAY#${date}`, sk: "FIGURES" };
}

/** What stands at this moment and belongs to no day. */
export function totalKey() {
  return { pk: `${organisation()}#TOTAL`, sk: "FIGURES" };
}

/**
 * What one event added, by day and instant. It is worked out from the event alone: a repeat, whenever it comes, meets
 * the same row.
 */
export function factKey(fact: { date: LocalDate; at: string; factId: string }) {
  return { pk: factsOfDay(fact.date), sk: `${fact.at}#${fact.factId}` };
}

export function factsOfDay(date: LocalDate): string {
  return `${organisation()}#FACTS#${date}`;
}
