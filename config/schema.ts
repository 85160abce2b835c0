import * as z from "zod";
import { calendarSchema } from "./calendar-schema.ts";
import type { MailTexts } from "./mail-texts-schema.ts";

/** Ids become keys, queue names and parts of events: short, lower case, never changed once in use. */
const id = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, "write 2–31 of a–z, 0–9 and -, a letter first");
const text = z.string().trim().min(1).max(120);
const phone = z.string().regex(/^0\d{1,3}-\d[\d ]{4,9}\d$/, "write area code, hyphen, number: 070-174 06 05");
const domain = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "write a domain in lower case: example.se");
const address = z.email().refine((a) => a === a.toLowerCase(), "write the address in lower case");
const workingDays = z.int().min(1).max(60);

const readerSchema = z.discriminatedUnion(
  "kind",
  [
    /** Our own mail notice and the console: no other account is let in. */
    z.strictObject({ kind: z.literal("console") }),
    /** The unit's own system takes assignments off its queue and puts answers on its reply queue. */
    z.strictObject({
      kind: z.literal("own-system"),
      principalArn: z
        .string()
        .regex(/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, "write the ARN of one IAM role or user"),
    }),
  ],
  'say who reads the unit\'s queue: {"kind":"console"} or {"kind":"own-system","principalArn":"arn:aws:iam::…"}',
);

const authoritySchema = z.strictObject({
  id,
  name: text,
  kind: z.enum(["committee", "municipalCompany"]),
});

const departmentSchema = z.strictObject({
  id,
  name: text,
  authorities: z.array(id).min(1),
  /** Year one's share of the servicecenter's cost, in thousand kronor a year (T21). */
  costShareTkr: z.int().min(0).optional(),
});

const unitSchema = z.strictObject({
  id,
  name: text,
  department: id,
  mailbox: address,
  /** For the servicecenter's agents, answered in office hours. */
  supportPhone: phone,
  /** Answered when the unit is closed. */
  onCallPhone: phone,
  /** What an unread case of this unit is taken for. */
  secrecyDefault: z.enum(["public", "secret"]),
  calendar: z.string(),
  phoneCalendar: z.string(),
  /** An assignment that nobody has taken within this time goes to the stand-in, if there is one. */
  takeWithinWorkingHours: z.int().min(1).max(200),
  standIn: id.optional(),
  reader: readerSchema,
});

const roomSchema = z.strictObject({
  id,
  name: text,
  seats: z.int().min(1).max(2_000),
  equipment: z
    .array(z.enum(["step-free", "hearing-loop", "personal-alarm", "screen", "video", "kitchen"]))
    .default([]),
  /** `meeting`: with an officer. `premises`: let or lent, and for departments' own meetings. */
  kind: z.enum(["meeting", "premises"]),
});

const floorSchema = z.strictObject({
  number: z.int().min(-3).max(60),
  name: text,
  /** Who takes a visitor there: the host fetches, the floor's coordinator gives clearance first, or there is a reception of its own. */
  reception: z.enum(["host", "coordinator", "upper-reception"]),
  /** Whose visitors go there. Their coordinator gives clearance; of a secret floor they alone know who comes. */
  units: z.array(id).min(1),
  /** That somebody goes there is itself secret: shown as number and floor, never by name. */
  secret: z.boolean().default(false),
});

const itemSchema = z.strictObject({
  id,
  name: text,
  kind: z.enum(["key", "item"]),
  /** The premises that a key opens. */
  room: id.optional(),
  /** The text on its tag. */
  number: z.string().trim().min(1).max(20).optional(),
});

const lendingSchema = z.strictObject({
  /** A key is due when its place has been open for so many hours, counted from when it opens after the hire. */
  returnHours: z.int().min(1).max(40).default(2),
});

const placeSchema = z.strictObject({
  id,
  name: text,
  kind: z.enum(["office", "branch", "localOffice", "mobileOffice"]),
  district: id,
  /** Whether it receives visitors and bookings now. */
  enabled: z.boolean().default(true),
  calendar: z.string().optional(),
  /** So many must be on duty for what is offered. */
  minimumStaff: z.int().min(0).max(20).default(1),
  /** Evenings 16–18 that are promised each month. */
  eveningsPerMonth: z.int().min(0).max(31).default(0),
  rooms: z.array(roomSchema).default([]),
  floors: z.array(floorSchema).default([]),
  /** What is lent over the desk. */
  items: z.array(itemSchema).default([]),
  lending: lendingSchema.prefault({}),
});

const minutes = z
  .int()
  .min(0)
  .max(24 * 60);

const bookingServiceSchema = z
  .strictObject({
    id,
    name: text,
    /** The unit whose people see the citizen. */
    unit: id,
    minutes: z
      .int()
      .min(5)
      .max(12 * 60),
    before: minutes.default(0),
    after: minutes.default(0),
    /** Where it is offered. */
    places: z.array(id).min(1),
    needs: z.strictObject({
      person: z.boolean().default(true),
      room: z.enum(["meeting", "premises"]).optional(),
      /** Never without an interpreter: whoever books must say into which language. */
      interpreter: z.boolean().default(false),
    }),
    /** How many parties one time takes; more than one is a meeting for a group. */
    seats: z.int().min(1).max(500).default(1),
    /** The public books no later and no earlier than so before; staff may. */
    noticeHours: z
      .int()
      .min(0)
      .max(24 * 60)
      .default(24),
    horizonDays: z.int().min(1).max(400).default(60),
    /** `open`: everybody sees it. `quiet`: by its address only. `secret`: by staff only, and no mail says what it is about. */
    visibility: z.enum(["open", "quiet", "secret"]).default("open"),
    /** How long a time that was given back is kept from the public, so that times cannot be traded. */
    releaseMinutes: minutes.default(0),
    /** So many of those who are free at a time are kept for what staff book: the public is not offered the last of them. */
    keptForStaff: z.int().min(0).max(20).default(0),
    /** Whose bookings its unit says yes or no to: nobody's, the public's, or all but its own people's. Until then the time is kept. */
    approval: z.enum(["none", "public", "others"]).default("none"),
    /** What the citizen should have with them or have done. */
    prepare: z.array(text).default([]),
    /**
     * Somebody from outside sees the citizen, at the hours that are entered for them. With `secret`, the unit's people see who has booked and
     * the reception neither asks nor shows who comes. Languages as ISO 639 codes.
     */
    guestHost: z
      .strictObject({ name: text, languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).default(["sv"]) })
      .optional(),
  })
  .refine(({ needs, guestHost }) => needs.person || guestHost === undefined, {
    path: ["guestHost"],
    message: "sees citizens; set needs.person to true",
  })
  .refine(({ seats, guestHost }) => seats === 1 || guestHost === undefined, {
    path: ["guestHost"],
    message: "sees one party at a time; set seats to 1",
  })
  .refine(({ needs, keptForStaff }) => needs.person || keptForStaff === 0, {
    path: ["keptForStaff"],
    message: "of a service that needs a person: those who are free are counted",
  });

const bookingSchema = z.strictObject({
  holdMinutes: z.int().min(1).max(60).default(10),
  /** How many times one client may hold at once. */
  holdsPerClient: z.int().min(1).max(50).default(3),
  /** For how many times somebody may wait at once. */
  waitingPerClient: z.int().min(1).max(50).default(3),
  /** Times begin on these minutes. */
  gridMinutes: z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(30)]).default(15),
  /** Hosts from which people's calendars may be read. */
  calendarHosts: z.array(domain).default([]),
  /** Who interprets, by telephone, when no colleague can: ordered by hand. Languages as ISO 639 codes. */
  interpreterAgency: z
    .strictObject({ name: text, phone, languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1) })
    .optional(),
  /** Whoever gave a mobile's number and no address is told by text message: a short mail to `<number>@<gateway>`, as SMS gateways take it. */
  textMessages: z.strictObject({ gateway: domain }).optional(),
  services: z.array(bookingServiceSchema).default([]),
});

const receptionSchema = z.strictObject({
  /** For so long after a visit the visitor's name is kept, and the car's plate. Both are disposed of; that somebody came is not. */
  keepNamesDays: z.int().min(1).max(400).default(30),
  keepPlatesDays: z.int().min(1).max(400).default(7),
});

const acknowledgementSchema = z.strictObject({
  /** How long an acknowledgement waits, so that a quick answer can take its place. SQS holds a quarter of an hour at most. */
  holdMinutes: z.int().min(0).max(15).default(0),
  /** So many in an hour and no more, whoever asks for them. */
  perHour: z.int().min(1).max(50_000).default(500),
});

const mailSchema = z.strictObject({
  /** Every unit's mailbox, the official and the internal address are here. */
  domain,
  /** Ours alone: its MX is SES. What the municipality's own mail server forwards is sent here. */
  subdomain: domain,
  official: address,
  internal: address,
  /** The municipality's own mail server. Its Authentication-Results count, since forwarding breaks SPF. */
  forwarder: z
    .strictObject({ authservId: domain, networks: z.array(z.union([z.cidrv4(), z.cidrv6()])).min(1) })
    .optional(),
  acknowledgement: acknowledgementSchema.prefault({}),
});

const serviceCentreSchema = z.strictObject({
  /** The unit that owns every question from the first second. Not one of `units`: nothing is assigned to it. */
  unit: id,
  name: text,
  phone,
  calendar: z.string(),
  phoneCalendar: z.string(),
  promises: z.strictObject({
    emailWorkingDays: workingDays,
    letterWorkingDays: workingDays,
    callbackWorkingDays: workingDays,
  }),
});

const words = z
  .array(
    z.string().regex(/^[\p{Ll}\p{N}]+( [\p{Ll}\p{N}]+)*$/u, "write words in lower case, one space between"),
  )
  .min(1);

const urgentSchema = z.strictObject({
  /** What is urgent: a mail that has one of the words of every group. A word stands for all words that begin with it. */
  rules: z.array(
    z.strictObject({
      urgency: z.enum(["child-at-risk", "suicide", "violence"]),
      words: z.array(words).min(1),
    }),
  ),
  /** Who is told at once, at any hour, that something urgent has come. Never what. */
  onCall: z.strictObject({ name: text, address, phone }),
});

const triageSchema = z.strictObject({
  /** One of the words of every group must be there. A word stands for all words that begin with it. */
  words: z.array(words).min(1),
  kind: z.enum(["disclosure", "appeal", "complaint", "application", "invoice"]).optional(),
  unit: id.optional(),
});

/** One municipality as its file says it: `config/<name>.json`. Unknown keys are faults. */
export const municipalitySchema = z.strictObject({
  organisation: z.strictObject({ id, name: text }),
  mail: mailSchema,
  /** Where agents reach the console; sign-in returns here. */
  console: z.strictObject({ url: z.url({ protocol: /^https$/ }) }),
  /** Where citizens follow their cases: the address that personal links begin with. */
  citizenPages: z.strictObject({ url: z.url({ protocol: /^https$/ }) }),
  serviceCentre: serviceCentreSchema,
  urgent: urgentSchema,
  /** What a mail seems to be about, by its words: the first rule that fits gives its kind, the first with a unit its unit. */
  triage: z.array(triageSchema),
  authorities: z.array(authoritySchema).min(1),
  departments: z.array(departmentSchema).min(1),
  units: z.array(unitSchema).min(1),
  districts: z.array(z.strictObject({ id, name: text })),
  places: z.array(placeSchema),
  calendars: z.record(id, calendarSchema),
  booking: bookingSchema.prefault({}),
  reception: receptionSchema.prefault({}),
  /** `BJO` and 6 give BJO-2026-000123. */
  caseNumber: z.strictObject({
    prefix: z.string().regex(/^[A-Z]{2,5}$/, "write 2–5 capital letters"),
    digits: z.int().min(4).max(9),
  }),
  /** What the municipality answers in, each a file in `config/mail-texts/`; the first is for whoever wrote in none of them. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/, "write an ISO 639 code such as sv")).min(1),
  colours: z.strictObject({
    /** Behind white text. */
    primary: z.string().regex(/^#[0-9a-f]{6}$/, "write a colour as # and six of 0–9 a–f"),
  }),
  archive: z.strictObject({
    /** How long the raw mail is locked. Only disposal may bypass it. */
    lockDays: z.int().min(1).max(36_500),
  }),
});

export type Municipality = z.infer<typeof municipalitySchema>;

/** What the bundles are built with: the file, its mail texts, and the days that are worked out from the calendar. */
export type CompiledMunicipality = Municipality & {
  /** ISO dates 2024–2040, sorted: public holidays and the eves of midsummer, Christmas and the new year. */
  readonly redDays: readonly string[];
  /** By language. */
  readonly mailTexts: Readonly<Record<string, MailTexts>>;
};
