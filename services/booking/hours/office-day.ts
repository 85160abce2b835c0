import * as z from "zod/mini";
import type { Calendar } from "#config/calendar-schema.ts";
import type { LocalDate } from "#shared/time/working-time.ts";
import {
  type Absence,
  countHeads,
  type EveningHours,
  hasEvening,
  presentAmong,
  staffedBy,
} from "./coverage.ts";
import { dayKinds, type OpeningException, openOn } from "./opening-hours.ts";
import { type Rota, rosterOn } from "./rota.ts";
import { type Stretch, within } from "./stretches.ts";

const stretchSchema = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });

/** What is published of one office and date: free times are worked out from it alone. Instants are ISO, in UTC. */
export const officeDaySchema = z.object({
  office: z.string(),
  date: z.iso.date(),
  kind: z.enum(dayKinds),
  /** An exception's. */
  reason: z.optional(z.string()),
  /** Open and staffed for the whole of an evening. */
  evening: z.boolean(),
  /** Rises with each publishing. */
  rev: z.int(),
  open: z.array(stretchSchema),
  /** The parts of `open` in which as many work as must. */
  bookable: z.array(stretchSchema),
  /** Who works when, within `open`, absences taken out; by time and person. */
  people: z.array(z.object({ person: z.string(), from: z.iso.datetime(), to: z.iso.datetime() })),
  rooms: z.array(z.string()),
});
export type OfficeDay = z.infer<typeof officeDaySchema>;

/** The day as it is to be published; of `rotas` only the office's own count. */
export function officeDay(plan: {
  date: LocalDate;
  office: { id: string; minimumStaff: number; evening: EveningHours; rooms: readonly string[] };
  calendar: Calendar;
  exceptions: readonly OpeningException[];
  redDays: readonly LocalDate[];
  rotas: readonly Rota[];
  absences: readonly Absence[];
  rev: number;
}): OfficeDay {
  const { date, office, rev } = plan;
  const opening = openOn(date, plan.calendar, plan.exceptions, plan.redDays);
  const rostered = plan.rotas
    .filter((rota) => rota.office === office.id)
    .flatMap((rota) => rosterOn(date, rota, opening));
  const present = presentAmong(rostered, plan.absences);
  const bookable = staffedBy(office.minimumStaff, countHeads(opening.open, present));
  return {
    office: office.id,
    date,
    kind: opening.kind,
    ...(opening.reason === undefined ? {} : { reason: opening.reason }),
    evening: hasEvening(date, office.evening, bookable),
    rev,
    open: opening.open.map(written),
    bookable: bookable.map(written),
    people: present
      .flatMap((one) =>
        within([one], opening.open).map((stretch) => ({ person: one.person, ...written(stretch) })),
      )
      .sort((a, b) => (`${a.from} ${a.person}` < `${b.from} ${b.person}` ? -1 : 1)),
    rooms: [...office.rooms],
  };
}

function written({ from, to }: Stretch): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}
