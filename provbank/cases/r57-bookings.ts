import type { System } from "../../local/system.ts";
import { ask, change } from "../api-client.ts";
import { postman, withSystem } from "../bench-system.ts";
import { bookAndGiveBack, bookingDeed, faultsOfBookings, rushFor } from "../booking-walk.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { bookOnPages, type CitizenWalk, faultsOfCitizenWalks } from "../citizen-walk.ts";
import { everyCrashPoint } from "../crash-points.ts";
import { withClock } from "../mails.ts";
import { type OpenOffice, openKommunhuset } from "../offices.ts";
import { faultsOfRounds, fromNoonMs, type RoundWalk, roundWalk } from "../round-walk.ts";

const takers = 500;
const deeds = 200;
const workers = ["booking/api", "booking/relay"];
/** What a citizen's booking on the pages sets in motion. */
const workersOfPages = ["booking/pages", "booking/relay", "email/send-mail"];

const round = "booking/day-round";
/** Keeps with a case how its meetings stand. */
const recorder = "cases/record-meeting";

/**
 * Five hundred want one time, and five hundred a seat of twelve. Then bookings are made, moved, given back and met by absences, two at a time, while the function that does it is killed; then a time is
 * booked and given back, by an agent and by a citizen on the pages, and the clock's round closes what is over and tells of what is due and of
 * what is free; each call of each worker is where it dies once.
 */
async function run({ random, say }: Bench): Promise<Figure> {
  return await withSystem({ maxInstances: 4, visibilitySeconds: 1 }, async (system) => {
    const place = await openKommunhuset(system);
    const made = new Map<string, string>();
    const group = await arrangeGroup(system, place, made);
    const forOneTime = await rushFor(
      system,
      takers,
      { service: place.service, office: place.office, startsAt: place.times[0] },
      made,
    );
    const forTwelveSeats = await rushFor(system, takers, group, made);
    say(`${takers} for one time: ${forOneTime.won}; for twelve seats: ${forTwelveSeats.won}`);
    let kills = 0;
    for (let n = 0; n < deeds / 2; n += 1) {
      killSoon(system, between(random, 1, 8), () => {
        kills += 1;
      });
      const pair = [bookingDeed(system, place, random, made), bookingDeed(system, place, random, made)];
      await Promise.all(pair);
      system.door.watch(undefined);
    }
    await system.quiet();
    say(`${deeds} deeds, ${kills} kills`);
    const points: Record<string, number> = {};
    for (const worker of workers) {
      points[worker] = await everyCrashPoint(system, worker, (n) =>
        bookAndGiveBack(system, place, { key: `${worker}-${n}` }, made),
      );
      say(`${worker}: ${points[worker]} crash points`);
    }
    const caseId = await openCase(system);
    points[recorder] = await everyCrashPoint(system, recorder, (n) =>
      bookAndGiveBack(system, place, { key: `${recorder}-${n}`, caseId }, made),
    );
    say(`${recorder}: ${points[recorder]} crash points`);
    const times = [...place.times.slice(2)];
    const walks: CitizenWalk[] = [];
    const mailFaults: string[] = [];
    for (const worker of workersOfPages) {
      const walked: CitizenWalk[] = [];
      const name = `sidan ${worker}`;
      points[name] = await everyCrashPoint(system, worker, async (n) => {
        const time = times[n % times.length] ?? "";
        const wish = { service: "vagledning", office: place.office, time };
        walked.push(await bookOnPages(system, wish, `${worker} ${n}`));
      });
      walks.push(...walked);
      const faults = await faultsOfCitizenWalks(system, walked, { atMost: worker === "email/send-mail" });
      mailFaults.push(...faults);
      say(`${name}: ${points[name]} crash points`);
    }
    const rounds: RoundWalk[] = [];
    const offsetMs = fromNoonMs(new Date());
    const died = async () =>
      await everyCrashPoint(system, round, async (n) => {
        rounds.push(await roundWalk(system, { office: place.office, now: Date.now() + offsetMs }, n));
      });
    points[round] = await withClock(system, offsetMs, died, [round]);
    say(`${round}: ${points[round]} crash points`);
    await system.quiet();
    const faults = [
      ...(await faultsOfBookings(system, made, {
        now: Date.now(),
        onPages: walks.length + 2 * rounds.length,
      })),
      ...(await faultsOfMeetings(system, caseId, points[recorder] + 1)),
      ...mailFaults,
      ...(await faultsOfRounds(system, rounds)),
    ];
    const rushed = forOneTime.won === 1 && forTwelveSeats.won === 12;
    const asked = forOneTime.other + forTwelveSeats.other;
    return {
      holds: rushed && asked === 0 && faults.length === 0 && kills > 0,
      takers,
      forOneTime,
      forTwelveSeats,
      deeds,
      kills,
      bookings: made.size,
      onPages: walks.length,
      rounds: rounds.length,
      points,
      faults,
    };
  });
}

/** A case, of a mail. */
async function openCase(system: System): Promise<string> {
  const post = postman(system, 1);
  await post.post({ from: "mote@example.org", subject: "Kan jag få en tid?" });
  post.close();
  await system.quiet();
  const [found] = (await ask(system, "/cases/worklists/unassigned", { sub: "amina" })).body.cases;
  if (found === undefined) throw new Error("no case to book a meeting for");
  return found.caseId;
}

/** The meetings of a case that it does not have as they stand: each has been given back. */
async function faultsOfMeetings(system: System, caseId: string, wanted: number): Promise<string[]> {
  const { meetings } = (await ask(system, `/cases/${caseId}`, { sub: "amina" })).body;
  const over = meetings.filter(({ status }: { status: string }) => status === "cancelled").length;
  return over === wanted && meetings.length === wanted
    ? []
    : [`${over} of ${meetings.length} meetings of a case are given back, of ${wanted}`];
}

/** A meeting for a group, by whoever leads it; what to ask for a seat in it. */
async function arrangeGroup(
  system: System,
  { office, times }: OpenOffice,
  made: Map<string, string>,
): Promise<object> {
  const wish = { service: "ny-i-kommunen", office, startsAt: times[1] };
  const key = "gruppmote-1";
  const { status, body } = await change(system, "/booking/bookings", { sub: "amina" }, { ...wish, key });
  if (status !== 201) throw new Error(`no meeting for a group: ${status} ${JSON.stringify(body)}`);
  made.set(key, body.bookingId);
  return { ...wish, session: body.bookingId };
}

/** Kills the instance that makes the n-th call from now on, once that call is done. */
function killSoon(system: System, n: number, killed: () => void): void {
  const before = system.door.callsOf("booking/api");
  let done = false;
  system.door.watch((call) => {
    if (done || call.caller !== "booking/api" || call.n < before + n) return "pass";
    done = true;
    killed();
    system.hostOf("booking/api").kill(call.instance);
    return "lost";
  });
}

export const r57: ProvingCase = {
  id: "R57",
  title: "bookings while the functions that make them are killed",
  run,
};
