import * as z from "zod";
import { daysLater, weekdayOf } from "#services/booking/hours/local-dates.ts";
import { localDate } from "#shared/time/working-time.ts";
import { seedDemoLending } from "./demo-lending.ts";
import type { System } from "./system.ts";

type Shift = { weekIndex: number; weekday: string; from: string; to: string; person: string; role?: string };

const manager = "chef";
const group = "ny-i-kommunen";
const common = { unit: "servicecenter", services: ["vagledning"], manager, office: null, standIn: null };

/** Whom the demo's citizens can meet, by the subject of their sign-in. */
const people = [
  { person: manager, name: "Karin", ...common, services: [], manager: null, languages: ["sv"] },
  {
    person: "amina",
    name: "Amina",
    ...common,
    services: [...common.services, group],
    languages: ["sv", "ar", "en"],
  },
  { person: "jonas", name: "Jonas", ...common, languages: ["sv", "en"] },
  { person: "ritva", name: "Ritva", ...common, languages: ["sv", "fi"] },
  { person: "leo", name: "Leo", ...common, languages: ["sv", "es", "en"] },
  { person: "sara", name: "Sara", ...common, languages: ["sv", "so", "en"] },
  {
    person: "bygglov",
    name: "Eva",
    unit: "bygglov",
    services: ["bygglov-radgivning", "tekniskt-samrad"],
    languages: ["sv", "en"],
    manager: null,
    office: "kommunhuset",
    standIn: null,
  },
  {
    person: "ifo",
    name: "Maria",
    unit: "ifo-mottagning",
    services: ["ekonomiskt-bistand"],
    languages: ["sv", "en"],
    manager: null,
    office: "kommunhuset",
    standIn: null,
  },
].map((person) => ({
  ...person,
  // Two of them interpret for colleagues.
  interprets: { amina: ["ar"], sara: ["so"] }[person.person] ?? [],
  calendarUrl: null,
}));

const week = ["mon", "tue", "wed", "thu", "fri"];
const early = ["amina", "jonas"];
const late = ["leo", "sara"];

/** Two early and two late, the other way round every other week, so that two are always on duty. */
function inTheHall(): readonly Shift[] {
  return [early, late].flatMap((mornings, weekIndex) =>
    week.flatMap((weekday) => [
      ...mornings.map((person) => ({ weekIndex, weekday, from: "08:00", to: "13:00", person })),
      ...(mornings === early ? late : early).map((person) => ({
        weekIndex,
        weekday,
        from: "13:00",
        to: weekday === "fri" ? "17:00" : "18:00",
        person,
      })),
    ]),
  );
}

const rotas: Readonly<Record<string, { cycleWeeks: number; shifts: readonly Shift[] }>> = {
  kommunhuset: { cycleWeeks: 2, shifts: inTheHall() },
  // Tuesday mornings, and the evenings of the first and the third Thursday: on the others it is closed, whoever is there.
  granhult: {
    cycleWeeks: 1,
    shifts: [
      { weekIndex: 0, weekday: "tue", from: "09:00", to: "12:00", person: "ritva" },
      { weekIndex: 0, weekday: "thu", from: "16:00", to: "18:00", person: "ritva" },
    ],
  },
};

/** Who from outside receives visitors, from the seed's day on every week or every other; what falls on a weekend, the Monday after. */
const guestSessions = [
  { service: "energiradgivning", everyDays: 7, hours: [{ from: "09:00", to: "12:00" }], visitors: "both" },
  { service: "advokatjour", everyDays: 14, hours: [{ from: "15:00", to: "17:00" }], visitors: "drop-in" },
];

const daysAhead = 8 * 7;
/** A Monday. */
const anchorMonday = "2026-11-02";
/** How often a rota is published whose publishing was broken off, before that is told. */
const publishings = 3;

/** What is looked at of the API's answers. */
const answerSchema = z.object({
  people: z.array(z.object({ guestHost: z.boolean() })).default([]),
  rotas: z
    .array(z.object({ rotaId: z.string(), version: z.number(), publishedTo: z.string().nullable() }))
    .default([]),
  version: z.number().default(0),
  faults: z.array(z.object({ month: z.string().optional() })).default([]),
  times: z.array(z.object({ startsAt: z.string() })).default([]),
  sessions: z.array(z.unknown()).default([]),
  error: z.object({ code: z.string() }).optional(),
});
type Answer = { status: number; ok: boolean; body: z.infer<typeof answerSchema> };
type Ask = (path: string, method?: string, body?: unknown) => Promise<Answer>;

/**
 * People and published rotas for eight weeks and the rest of the month then, by the API as a manager would do it, and what is lent. What
 * has a published rota already is left alone. Returns the offices whose rota could not be published, each with why.
 */
export async function seedDemoBooking(
  system: System,
  { now, signal }: { now: Date; signal?: AbortSignal },
): Promise<readonly string[]> {
  const token = await system.oidc.tokenFor(manager);
  const ask: Ask = async (path, method = "GET", body) => {
    const answer = await fetch(`${system.origin}/booking/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { status: answer.status, ok: answer.ok, body: answerSchema.parse(await answer.json()) };
  };
  const refused: string[] = [];
  const known = await ask("people");
  // The config's guest hosts are there from the beginning.
  if (known.body.people.every(({ guestHost }) => guestHost))
    for (const person of people) await ask(`people/${person.person}`, "PUT", { person });
  for (const office of Object.keys(rotas)) {
    const { body } = await ask(`offices/${office}/rotas`);
    if (body.rotas.some(({ publishedTo }) => publishedTo !== null)) continue;
    const code = await publish(ask, office, now);
    if (code !== undefined) refused.push(`${office}: ${code}`);
  }
  await enterGuestSessions(ask, now);
  await arrangeGroup(ask, now);
  await seedDemoLending(system, now);
  return refused;
}

/** A meeting for whoever is new here, a week ahead or later, unless there is one already. */
async function arrangeGroup(ask: Ask, now: Date): Promise<void> {
  const [today, later] = [localDate(now), daysLater(localDate(now), 7)];
  const of = { service: group, office: "kommunhuset" };
  const query = (from: string) => new URLSearchParams({ ...of, from, to: daysLater(from, 13) });
  if ((await ask(`sessions?${query(today)}`)).body.sessions.length > 0) return;
  const [free] = (await ask(`free-times?${query(later)}`)).body.times;
  if (free !== undefined)
    await ask("bookings", "POST", { ...of, startsAt: free.startsAt, key: `demo ${group} ${free.startsAt}` });
}

/** Unless some are entered already: what somebody has taken away is not brought back. */
async function enterGuestSessions(ask: Ask, now: Date): Promise<void> {
  const today = localDate(now);
  const entered = await ask(
    `offices/kommunhuset/guest-sessions?from=${today}&to=${daysLater(today, daysAhead)}`,
  );
  if (entered.body.sessions.length > 0) return;
  for (const { service, everyDays, ...session } of guestSessions)
    for (let days = 0; days < daysAhead; days += everyDays) {
      const date = mondayIfWeekend(new Date(now.getTime() + days * 86_400_000));
      await ask(`offices/kommunhuset/guest-sessions/${date}/${service}`, "PUT", { session });
    }
}

function mondayIfWeekend(day: Date): string {
  const date = localDate(day);
  const after: Readonly<Record<string, number>> = { sat: 2, sun: 1 };
  return daysLater(date, after[weekdayOf(date)] ?? 0);
}

/** From this month, or from the next where this month's promise can be kept no more. Why it could not be, if so. */
async function publish(ask: Ask, office: string, now: Date): Promise<string | undefined> {
  let answer: Answer | undefined;
  for (const monthsAhead of [0, 1]) {
    answer = await publishFrom(ask, office, validity(now, monthsAhead));
    if (answer.ok) return undefined;
    if (answer.body.error?.code !== "breaks-promise") break;
  }
  return answer?.body.error?.code ?? String(answer?.status);
}

/** Drafted, approved and published, as far as it is granted: the last answer. */
async function publishFrom(ask: Ask, office: string, valid: ReturnType<typeof validity>): Promise<Answer> {
  const path = `offices/${office}/rotas/demo`;
  const rota = { office, ...valid, anchorMonday, ...rotas[office], approvals: [] };
  let answer = await ask(path, "PUT", { seen: await seenOf(ask, office), rota });
  for (const person of new Set((rotas[office]?.shifts ?? []).map((shift) => shift.person))) {
    if (!answer.ok) return answer;
    answer = await ask(`${path}/approve`, "POST", { seen: answer.body.version, person });
  }
  if (!answer.ok) return answer;
  for (const { month } of (await ask(`${path}/check`, "POST", { rota })).body.faults)
    if (month !== undefined) await openAnotherEvening(ask, office, month);
  // Broken off, it goes on where it was.
  for (let attempt = 1; attempt <= publishings; attempt += 1) {
    answer = await ask(`${path}/publish`, "POST", { seen: await seenOf(ask, office) });
    if (answer.status < 500) break;
  }
  return answer;
}

/** The version of the demo's rota as it is kept; zero where there is none yet. */
async function seenOf(ask: Ask, office: string): Promise<number> {
  const { body } = await ask(`offices/${office}/rotas`);
  return body.rotas.find(({ rotaId }) => rotaId === "demo")?.version ?? 0;
}

/** Where a red day takes an evening of a month, the Thursday after the first open one has one instead. */
async function openAnotherEvening(ask: Ask, office: string, month: string): Promise<void> {
  for (const place of [8, 22]) {
    const first = new Date(`${month}-${String(place).padStart(2, "0")}T00:00:00Z`);
    const untilThursday = (4 - first.getUTCDay() + 7) % 7;
    const date = new Date(first.getTime() + untilThursday * 86_400_000).toISOString().slice(0, 10);
    const exception = { date, open: [{ from: "16:00", to: "18:00" }], reason: "Extra kvällsöppet" };
    if ((await ask(`offices/${office}/exceptions/${date}`, "PUT", { exception })).ok) return;
  }
}

/** Whole months: the promise of evenings is of them. */
function validity(now: Date, monthsAhead: number): { validFrom: string; validTo: string } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const last = new Date(now.getTime() + daysAhead * 86_400_000);
  const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  return {
    validFrom: dateOf(Date.UTC(year, month + monthsAhead, 1)),
    validTo: dateOf(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0)),
  };
}
