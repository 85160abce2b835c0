import type { System } from "../../local/system.ts";
import { change } from "../../provbank/api-client.ts";
import { type OpenOffice, openKommunhuset } from "../../provbank/offices.ts";
import { budgets } from "../budgets.ts";
import { type BenchFigure, type Line, line } from "../figure.ts";
import { type Meter, type Metered, openMeter, together } from "../meter.ts";
import { withBenchSystem } from "../system.ts";

const agent = { sub: "amina" };
const takers = 200;

async function run(say: (progress: string) => void): Promise<readonly Line[]> {
  return await withBenchSystem(
    async (system) => {
      const place = await openKommunhuset(system);
      const lines = await deeds(system, place);
      say("hold, confirm, book, move and cancel counted");
      return [...lines, ...(await rush(system, place))];
    },
    { maxInstances: 8 },
  );
}

/** Each deed with a person and a room, and a citizen with an address: who comes, and what is told, included. */
async function deeds(system: System, place: OpenOffice): Promise<readonly Line[]> {
  const [first = "", second = "", third = ""] = place.times;
  const party = { name: "Åsa Prov", email: "asa@example.org", phone: null, about: null };
  const wish = { service: place.service, office: place.office };
  const meter = await openMeter(system);
  const post = (path: string, content: object) =>
    change(system, `/booking/bookings${path}`, agent, content).then(({ body }) => body);
  const held = await post("", { ...wish, key: "b10-hold-1", startsAt: first, hold: true });
  const hold = await own(meter);
  await post(`/${held.bookingId}/confirm`, { party });
  const confirm = await own(meter);
  const booked = await post("", { ...wish, key: "b10-book-1", startsAt: second, party });
  const book = await own(meter);
  await post(`/${booked.bookingId}/move`, { version: 1, office: place.office, startsAt: third });
  const move = await own(meter);
  await post(`/${booked.bookingId}/cancel`, { version: 2 });
  const cancel = await own(meter);
  meter.stop();
  const rows = ({ writeUnits, indexUnits }: Metered) => writeUnits - indexUnits;
  return [
    line("hold", rows(hold), "write units", budgets.holdWrites),
    line("hold", hold.indexUnits, "of its index rows", budgets.holdIndexes),
    line("confirm", rows(confirm), "write units", budgets.bookWrites),
    line("book at once", rows(book), "write units", budgets.bookWrites),
    line("move to another time", rows(move), "write units", budgets.bookWrites),
    line("cancel", rows(cancel), "write units", budgets.bookWrites),
  ];
}

async function own(meter: Meter): Promise<Metered> {
  return together(await meter.read(), ["booking/api"]);
}

/** So many who want one time for one officer and a room, at once. */
async function rush(system: System, place: OpenOffice): Promise<readonly Line[]> {
  const startsAt = place.times[3] ?? "";
  const answers = await Promise.all(
    Array.from({ length: takers }, (_, n) =>
      change(system, "/booking/bookings", agent, {
        key: `b10-taker-${n}`,
        service: place.service,
        office: place.office,
        startsAt,
      }),
    ),
  );
  const of = (status: number) => answers.filter((one) => one.status === status);
  const alternatives = of(409).flatMap(({ body }) => body.current.alternatives.slice(0, 1));
  const other = await change(system, "/booking/bookings", agent, {
    key: "b10-alternative",
    service: place.service,
    office: place.office,
    startsAt: alternatives[0]?.startsAt,
  });
  return [
    line("takers of one time", takers, ""),
    line("winners", of(201).length, "", budgets.winners),
    line("told that it is taken, with a time that can be booked", alternatives.length, ""),
    line(
      "refused for any other reason",
      takers - of(201).length - alternatives.length,
      "",
      budgets.needlessRefusals,
    ),
    line("alternatives that could not be booked", other.status === 201 ? 0 : 1, "", budgets.needlessRefusals),
  ];
}

export const booking: BenchFigure = {
  id: "B10",
  title: "booking: what each deed writes, and a rush for one time",
  run,
};
