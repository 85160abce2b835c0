import { municipality } from "#shared/config.ts";
import { log } from "#shared/logging.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Absence } from "../hours/coverage.ts";
import { localOf } from "../hours/local-time.ts";
import { openOn } from "../hours/opening-hours.ts";
import { type Rostered, type Rota, rosterOn } from "../hours/rota.ts";
import { type StaffingGap, staffingGaps } from "../hours/staffing-gaps.ts";
import type { Entry } from "../ledger/ledger.ts";
import { readLedgers } from "../ledger/ledger-table.ts";
import { loadPlan, type Plan, placeOf } from "./publish.ts";
import { type RaisedGap, raisedGaps, saveRaisedGap } from "./staffing-table.ts";

/** The day's round looks from this local time on: at night there is nothing that anybody can do. */
const watchedFrom = "06:00";
const tries = 3;

export type StaffingToday = {
  plan: Plan;
  rostered: readonly Rostered[];
  absences: readonly Absence[];
  gaps: readonly StaffingGap[];
};

/** How an office is staffed today, by its rotas, absences and ledgers as they stand; undefined for what has no hours. */
export async function staffingToday(
  bookingTable: string,
  office: string,
  now: Date,
): Promise<StaffingToday | undefined> {
  const place = placeOf(office);
  if (place === undefined) return undefined;
  const date = localDate(now);
  const plan = await loadPlan(bookingTable, place, { from: date, to: date });
  const opening = openOn(date, place.calendar, plan.exceptions, municipality().redDays);
  const rostered = plan.rotas
    .filter((rota) => rota.office === office)
    .flatMap((rota) => rosterOn(date, rota, opening));
  const blocks = await stretchesOf(
    bookingTable,
    date,
    rostered.map(({ person }) => person),
    (kind) => kind === "block",
  );
  const absences = [...plan.absences, ...blocks];
  // Where no rota says who is to be there, nobody is missed.
  const planned = plan.rotas.some((rota) => rota.office === office && isInForce(rota, date));
  const gaps = !planned
    ? []
    : staffingGaps({ open: opening.open, rostered, absences }, place.minimumStaff, now);
  return { plan, rostered, absences, gaps };
}

const isInForce = ({ validFrom, validTo }: Rota, date: string) => validFrom <= date && date <= validTo;

/** What of people's time is taken on a date, by what kind of entry. */
export async function stretchesOf(
  bookingTable: string,
  date: string,
  people: readonly string[],
  which: (kind: Entry["kind"]) => boolean,
): Promise<readonly Absence[]> {
  const each = [...new Set(people)];
  const ledgers = await readLedgers(
    bookingTable,
    each.map((person) => ({ resource: `person:${person}` as const, date })),
  );
  return ledgers.flatMap(({ entries }, n) =>
    Object.values(entries)
      .filter(({ kind }) => which(kind))
      .map(({ start, end }) => ({
        person: each[n] ?? "",
        from: new Date(start * 60_000),
        to: new Date(end * 60_000),
      })),
  );
}

/** Whether the round looks at this hour. */
export function isWatched(now: Date): boolean {
  return localOf(now).time >= watchedFrom;
}

/**
 * Raises what an office is short of today: each gap once, and again when it gets worse, whatever was done about it. What is no more is
 * noted as over. Returns how many were raised.
 */
export async function checkStaffing(bookingTable: string, office: string, now: Date): Promise<number> {
  const found = await staffingToday(bookingTable, office, now);
  if (found === undefined) return 0;
  const date = localDate(now);
  let raised = 0;
  for (const gap of found.gaps) if (await raise(bookingTable, { office, date, ...gap }, now)) raised += 1;
  for (const known of await raisedGaps(bookingTable, date, office)) {
    const stands = found.gaps.some(
      ({ from, to }) => from.toISOString() === known.from && to.toISOString() === known.to,
    );
    if (!stands && !known.over && known.to > now.toISOString())
      await saveRaisedGap(bookingTable, { ...known, version: known.version + 1, over: true }, false);
  }
  if (raised > 0) log("STAFFING_SHORT", { office, date, raised });
  return raised;
}

type Found = StaffingGap & { office: string; date: string };

async function raise(bookingTable: string, gap: Found, now: Date): Promise<boolean> {
  const { office, date, present, minimum } = gap;
  const [from, to] = [gap.from.toISOString(), gap.to.toISOString()];
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const all = await raisedGaps(bookingTable, date, office);
    const known = all.find((one) => one.from === from && one.to === to);
    const next: RaisedGap = raisedAgain(known, { office, date, from, to, present, minimum }, now);
    if (next === known) return false;
    const tells = known === undefined || present < known.fewest;
    if (await saveRaisedGap(bookingTable, next, tells)) return tells;
  }
  // Others are at it, and see the same.
  return false;
}

/** The gap as it is now. What was done about a smaller one does not do for a worse. */
function raisedAgain(
  known: RaisedGap | undefined,
  gap: Pick<RaisedGap, "office" | "date" | "from" | "to" | "present" | "minimum">,
  now: Date,
): RaisedGap {
  if (known === undefined)
    return {
      ...gap,
      version: 1,
      raisedAt: now.toISOString(),
      fewest: gap.present,
      over: false,
      solved: null,
    };
  if (known.present === gap.present && known.minimum === gap.minimum && !known.over) return known;
  const worse = gap.present < known.present;
  return {
    ...known,
    ...gap,
    version: known.version + 1,
    fewest: Math.min(known.fewest, gap.present),
    raisedAt: gap.present < known.fewest ? now.toISOString() : known.raisedAt,
    over: false,
    solved: worse ? null : known.solved,
  };
}
