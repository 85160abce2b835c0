import type { System } from "./system.ts";

type Shift = { weekIndex: number; weekday: string; from: string; to: string; person: string; role?: string };

const manager = "chef";
const common = { unit: "servicecenter", services: ["vagledning"], manager, office: null, standIn: null };

/** Whom the demo's citizens can meet, by the subject of their sign-in. */
const people = [
  { person: manager, name: "Karin", ...common, services: [], manager: null, languages: ["sv"] },
  { person: "amina", name: "Amina", ...common, languages: ["sv", "ar", "en"] },
  { person: "jonas", name: "Jonas", ...common, languages: ["sv", "en"] },
  { person: "ritva", name: "Ritva", ...common, languages: ["sv", "fi"] },
  { person: "leo", name: "Leo", ...common, languages: ["sv", "es", "en"] },
  { person: "sara", name: "Sara", ...common, languages: ["sv", "so", "en"] },
  {
    person: "bygglov",
    name: "Eva",
    unit: "bygglov",
    services: ["bygglov-radgivning"],
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
].map((person) => ({ ...person, calendarUrl: null }));

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

const days = 8 * 7;
/** A Monday. */
const anchorMonday = "2026-11-02";

/**
 * People and published rotas for eight weeks and the rest of the month then, by the API as a manager would do it. What has a published
 * rota already is left alone. Returns the offices whose rota could not be published, each with why.
 */
export async function seedDemoBooking(
  system: System,
  { now, signal }: { now: Date; signal?: AbortSignal },
): Promise<readonly string[]> {
  const token = await system.oidc.tokenFor(manager);
  const ask = async (path: string, method = "GET", body?: unknown) => {
    const answer = await fetch(`${system.origin}/booking/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { ok: answer.ok, body: await answer.json() };
  };
  const refused: string[] = [];
  const known = await ask("people");
  if (known.body.people.length === 0)
    for (const person of people) await ask(`people/${person.person}`, "PUT", { person });
  for (const [office, { cycleWeeks, shifts }] of Object.entries(rotas)) {
    const { body } = await ask(`offices/${office}/rotas`);
    if (body.rotas.some((kept: { publishedTo: string | null }) => kept.publishedTo !== null)) continue;
    const path = `offices/${office}/rotas/demo`;
    const seen = body.rotas.find((kept: { rotaId: string }) => kept.rotaId === "demo")?.version ?? 0;
    const rota = { office, ...validity(now), anchorMonday, cycleWeeks, shifts, approvals: [] };
    let { version } = (await ask(path, "PUT", { seen, rota })).body;
    for (const person of new Set(shifts.map((shift) => shift.person)))
      version = (await ask(`${path}/approve`, "POST", { seen: version, person })).body.version;
    const published = await ask(`${path}/publish`, "POST", { seen: version });
    if (!published.ok) refused.push(`${office}: ${published.body.error.code}`);
  }
  return refused;
}

/** Whole months: the promise of evenings is of them. */
function validity(now: Date): { validFrom: string; validTo: string } {
  const month = (ahead: Date) => ahead.toISOString().slice(0, 7);
  const last = new Date(now.getTime() + days * 86_400_000);
  const end = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0));
  return { validFrom: `${month(now)}-01`, validTo: end.toISOString().slice(0, 10) };
}
