import * as z from "zod/mini";

const noted = z.nullable(z.string());

/** A visit as the API shows it. What is `hidden` has number and floor only. A code that is not known here is shown as it came. */
export const visitSchema = z.object({
  office: z.string(),
  date: z.string(),
  number: z.number(),
  state: z.string(),
  purpose: z.string(),
  floor: z.nullable(z.number()),
  reception: z.string(),
  badge: z.nullable(z.number()),
  arrivedAt: z.string(),
  waitingFrom: z.string(),
  lastTriedAt: noted,
  tries: z.number(),
  unanswered: z.boolean(),
  slip: z.nullable(z.object({ code: z.string(), at: z.string() })),
  may: z.array(z.string()),
  hidden: z.boolean(),
  name: noted,
  host: noted,
  colleague: noted,
});
export type Visit = z.infer<typeof visitSchema>;

const expectedSchema = z.object({
  bookingId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  floor: z.nullable(z.number()),
  unsettled: z.boolean(),
  hidden: z.boolean(),
  name: noted,
  host: noted,
  /** Keys to the premises that they have hired, of those that are in. */
  keys: z.array(z.object({ item: z.string() })),
});
export type Expected = z.infer<typeof expectedSchema>;

const floorSchema = z.object({ number: z.number(), name: z.string(), secret: z.boolean() });
export type Floor = z.infer<typeof floorSchema>;

/** Somebody from outside who receives visitors today. */
const guestsSchema = z.object({
  host: z.string(),
  name: z.string(),
  hours: z.array(z.object({ from: z.string(), to: z.string() })),
  visitors: z.string(),
  secret: z.boolean(),
  expected: z.number(),
  waiting: z.number(),
});
export type Guests = z.infer<typeof guestsSchema>;

export const todaySchema = z.object({
  date: z.string(),
  floors: z.array(floorSchema),
  expected: z.array(expectedSchema),
  visits: z.array(visitSchema),
  guests: z.array(guestsSchema),
});
export type Today = z.infer<typeof todaySchema>;

const insideSchema = z.object({
  date: z.string(),
  number: z.number(),
  badge: z.nullable(z.number()),
  floor: z.nullable(z.number()),
  since: z.string(),
  forgotten: z.boolean(),
  secret: z.boolean(),
  name: noted,
});
export const houseSchema = z.object({ inside: z.array(insideSchema) });
export type Inside = z.infer<typeof insideSchema>;

export const wallSchema = z.object({ called: z.array(z.number()), waiting: z.number() });
export const parkingSchema = z.object({ date: z.string(), place: z.string(), plates: z.array(z.string()) });

const counts = {
  booked: z.number(),
  dropIn: z.number(),
  noShow: z.number(),
  total: z.number(),
  handedIn: z.number(),
  turnedAway: z.number(),
  wentAway: z.number(),
  medianWaitingSeconds: z.nullable(z.number()),
};
export const dayFiguresSchema = z.object({
  floors: z.array(z.object({ floor: z.nullable(z.number()), ...counts })),
  all: z.object(counts),
});
export type Counts = z.infer<typeof dayFiguresSchema>["all"];

export const incidentSchema = z.object({ incidentId: z.string(), at: z.string() });
export type Incident = z.infer<typeof incidentSchema>;
export const incidentsSchema = z.object({
  incidents: z.array(z.extend(incidentSchema, { by: z.string(), text: noted })),
});

export const officesSchema = z.object({
  offices: z.array(z.object({ id: z.string(), name: z.string() })),
});
export const peopleSchema = z.object({
  people: z.array(
    z.object({ person: z.string(), name: z.string(), unit: z.string(), guestHost: z.boolean() }),
  ),
});
