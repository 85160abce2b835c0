import type { System } from "../local/system.ts";
import { ask, change } from "./api-client.ts";

const chief = { sub: "chef" };
const dayMs = 86_400_000;
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export type OpenOffice = { office: string; service: string; date: string; times: readonly string[] };

/**
 * Kommunhuset with two agents and an officer on duty all week, as the chief of the servicecenter arranges it by the API; and the free
 * times of a day about three weeks away, an hour apart.
 */
export async function openKommunhuset(system: System, now: Date = new Date()): Promise<OpenOffice> {
  const from = dateAfter(now, 0);
  const people = [
    {
      person: "amina",
      unit: "servicecenter",
      services: ["vagledning"],
      languages: ["sv", "ar"],
      office: null,
    },
    { person: "jonas", unit: "servicecenter", services: ["vagledning"], languages: ["sv"], office: null },
    {
      person: "bygglov",
      unit: "bygglov",
      services: ["bygglov-radgivning"],
      languages: ["sv"],
      office: "kommunhuset",
    },
  ];
  for (const one of people)
    await done(
      change(
        system,
        `/booking/people/${one.person}`,
        chief,
        { person: { ...one, name: one.person, manager: "chef", standIn: null, calendarUrl: null } },
        "PUT",
      ),
    );
  const shifts = ["mon", "tue", "wed", "thu", "fri"].flatMap((weekday) =>
    ["amina", "jonas"].map((person) => ({ weekIndex: 0, weekday, from: "08:00", to: "18:00", person })),
  );
  const rota = {
    office: "kommunhuset",
    validFrom: from,
    validTo: dateAfter(now, 60),
    anchorMonday: mondayOf(from),
    cycleWeeks: 1,
    shifts,
    approvals: [],
  };
  const path = "/booking/offices/kommunhuset/rotas/grund";
  let { version } = (await done(change(system, path, chief, { seen: 0, rota }, "PUT"))).body;
  for (const person of ["amina", "jonas"])
    version = (await done(change(system, `${path}/approve`, chief, { seen: version, person }))).body.version;
  await done(change(system, `${path}/publish`, chief, { seen: version }));
  const query = `service=bygglov-radgivning&office=kommunhuset&from=${dateAfter(now, 20)}&to=${dateAfter(now, 27)}`;
  const { times } = (await done(ask(system, `/booking/free-times?${query}`, chief))).body;
  const byDate = Map.groupBy(times as { startsAt: string }[], ({ startsAt }) => startsAt.slice(0, 10));
  const [date, day] = [...byDate].find(([, free]) => free.length >= 12) ?? [];
  if (date === undefined || day === undefined) throw new Error("kommunhuset offers no whole day in a week");
  const apart = day.filter(
    ({ startsAt }, n) =>
      n === 0 || Date.parse(startsAt) % 3_600_000 === Date.parse(day[0]?.startsAt ?? "") % 3_600_000,
  );
  return {
    office: "kommunhuset",
    service: "bygglov-radgivning",
    date,
    times: apart.map(({ startsAt }) => startsAt),
  };
}

async function done<T extends { status: number; body: unknown }>(answered: Promise<T>): Promise<T> {
  const answer = await answered;
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

function dateAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
}

function mondayOf(date: string): string {
  const back = (weekdays.length + new Date(`${date}T12:00:00Z`).getUTCDay() - 1) % weekdays.length;
  return dateAfter(new Date(`${date}T12:00:00Z`), -back);
}
