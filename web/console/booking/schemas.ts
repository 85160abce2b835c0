import * as z from "zod/mini";

const text = z.nullable(z.string());

const partySchema = z.object({ name: text, email: text, phone: text, about: text });
export type Party = z.infer<typeof partySchema>;

export const bookingSchema = z.object({
  bookingId: z.string(),
  version: z.number(),
  status: z.string(),
  service: z.nullable(z.string()),
  office: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  person: text,
  room: text,
  seats: z.number(),
  language: text,
  equipment: z.array(z.string()),
  heldUntil: text,
  caseId: text,
  agreed: z.nullable(z.object({ reason: z.string(), by: z.string() })),
  interpreter: z.nullable(
    z.object({
      language: z.string(),
      person: text,
      ordered: z.nullable(z.object({ reference: z.string(), startsAt: z.string() })),
      toOrder: z.boolean(),
    }),
  ),
  requestedAt: text,
  decision: z.nullable(z.object({ by: text, at: z.string(), reason: text })),
  mayDecide: z.boolean(),
  series: z.nullable(z.object({ number: z.number(), of: z.number(), everyWeeks: z.number() })),
  hidden: z.boolean(),
  party: z.nullable(partySchema),
  /** How who comes is told of changes: by mail, by text message; null: only a call reaches them. */
  toldBy: text,
});
export type Booking = z.infer<typeof bookingSchema>;

const slotSchema = z.object({ startsAt: z.string(), endsAt: z.string(), person: text, room: text });
export type Slot = z.infer<typeof slotSchema>;

/** A meeting for a group in which seats can be taken. */
const sessionSchema = z.extend(slotSchema, { bookingId: z.string(), seatsLeft: z.number() });
export type Session = z.infer<typeof sessionSchema>;
export const sessionsSchema = z.object({ sessions: z.array(sessionSchema) });

/** With a no: what is free instead, and the booking as it stands. */
export const insteadSchema = z.object({
  alternatives: z.optional(z.array(slotSchema)),
  booking: z.optional(bookingSchema),
});

/** A meeting again every so many weeks. A date on which it could not be booked says why, and what is free instead. */
export const madeSeriesSchema = z.object({
  occurrences: z.array(
    z.object({
      number: z.number(),
      date: z.string(),
      booking: z.nullable(bookingSchema),
      refused: text,
      alternatives: z.array(slotSchema),
    }),
  ),
});
export type Occurrence = z.infer<typeof madeSeriesSchema>["occurrences"][number];
export const cancelledSchema = z.object({ cancelled: z.number() });

export const timesSchema = z.object({ times: z.array(slotSchema) });
export const bookingsSchema = z.object({ bookings: z.array(bookingSchema) });

const officeSchema = z.object({
  id: z.string(),
  name: z.string(),
  minimumStaff: z.number(),
  eveningsPerMonth: z.number(),
  rooms: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      seats: z.number(),
      equipment: z.array(z.string()),
    }),
  ),
  services: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      unit: z.string(),
      minutes: z.number(),
      visibility: z.string(),
      /** How many parties one meeting takes. */
      seats: z.number(),
      needs: z.object({ person: z.boolean(), room: z.optional(z.string()) }),
      prepare: z.array(z.string()),
      guestHost: z.optional(z.object({ name: z.string() })),
    }),
  ),
});
export type Office = z.infer<typeof officeSchema>;
export type Service = Office["services"][number];
export const officesSchema = z.object({
  offices: z.array(officeSchema),
  agency: z.nullable(z.object({ name: z.string(), phone: z.string(), languages: z.array(z.string()) })),
});
export type Agency = z.infer<typeof officesSchema>["agency"];

const personSchema = z.object({
  person: z.string(),
  name: z.string(),
  unit: z.string(),
  services: z.array(z.string()),
  languages: z.array(z.string()),
  interprets: z.array(z.string()),
  manager: text,
  office: text,
  guestHost: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;
export const peopleSchema = z.object({ people: z.array(personSchema) });

export const pendingSchema = z.object({
  requests: z.array(bookingSchema),
  interpreters: z.array(bookingSchema),
});

export const unsettledSchema = z.object({
  unsettled: z.array(z.object({ booking: bookingSchema, proposals: z.array(slotSchema) })),
});
export type Unsettled = z.infer<typeof unsettledSchema>["unsettled"][number];

/** Somebody in line for a time. What is `hidden` has neither service nor contact. */
export const waitingSchema = z.object({
  waitingId: z.string(),
  version: z.number(),
  service: text,
  office: z.string(),
  from: z.string(),
  to: z.string(),
  part: text,
  language: text,
  interpreter: text,
  seats: z.number(),
  earlier: z.boolean(),
  told: z.array(z.object({ startsAt: z.string(), at: z.string() })),
  createdAt: z.string(),
  hidden: z.boolean(),
  contact: z.nullable(z.object({ name: text, email: z.string(), phone: text })),
});
export type Waiting = z.infer<typeof waitingSchema>;
export const waitingListSchema = z.object({ waiting: z.array(waitingSchema) });

const gapShape = { from: z.string(), to: z.string(), present: z.number(), minimum: z.number() };
const gapSchema = z.object({
  ...gapShape,
  stepIn: z.array(z.object({ person: z.string(), why: z.string() })),
});
export type StaffingGap = z.infer<typeof gapSchema>;
export const raisedGapSchema = z.object({
  ...gapShape,
  over: z.boolean(),
  solved: z.nullable(z.object({ how: z.string(), text, by: z.string(), at: z.string() })),
});
export type RaisedGap = z.infer<typeof raisedGapSchema>;
export const staffingSchema = z.object({ gaps: z.array(gapSchema), raised: z.array(raisedGapSchema) });

const absenceSchema = z.object({
  absenceId: z.string(),
  person: z.string(),
  from: z.string(),
  to: z.string(),
  enteredBy: z.string(),
});
export type Absence = z.infer<typeof absenceSchema>;
export const absencesSchema = z.object({ absences: z.array(absenceSchema) });
export const enteredSchema = z.object({ absence: absenceSchema, unsettled: z.number() });
export const feedSchema = z.object({ madeAt: z.nullable(z.string()) });
export const madeFeedSchema = z.object({ path: z.string(), madeAt: z.string() });
export const endedSchema = z.object({ absence: absenceSchema });
