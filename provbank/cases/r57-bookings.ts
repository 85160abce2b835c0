import type { System } from "../../local/system.ts";
import { withSystem } from "../bench-system.ts";
import { bookAndGiveBack, bookingDeed, faultsOfBookings } from "../booking-walk.ts";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { everyCrashPoint } from "../crash-points.ts";
import { openKommunhuset } from "../offices.ts";

const deeds = 200;
const workers = ["booking/api", "booking/relay"];

/**
 * Bookings are made, moved, given back and met by absences, two at a time, while the function that does it is killed; then a time is
 * booked and given back, and each call of each worker is where it dies once.
 */
async function run({ random, say }: Bench): Promise<Figure> {
  return await withSystem({ maxInstances: 4 }, async (system) => {
    const place = await openKommunhuset(system);
    const made = new Map<string, string>();
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
        bookAndGiveBack(system, place, `${worker}-${n}`, made),
      );
      say(`${worker}: ${points[worker]} crash points`);
    }
    await system.quiet();
    const faults = await faultsOfBookings(system, made, Date.now());
    return { holds: faults.length === 0 && kills > 0, deeds, kills, bookings: made.size, points, faults };
  });
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
  waits: true,
  run,
};
