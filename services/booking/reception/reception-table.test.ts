import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { table } from "#shared/table.ts";
import {
  type Answer,
  askBooking,
  clockAt as clock,
  emptyTable,
  type People,
  startBooking,
} from "../../../test/booking-api.ts";
import { putBooking, someBooking } from "../../../test/reception.ts";
import { findBooking } from "../book/booking-table.ts";
import { itemOutKey, loanKey, officeDayKey } from "../keys.ts";

// Every denial is logged.
vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "SILENT";
});

const people: People = {
  reception: { roles: ["receptionist"], units: ["servicecenter"] },
  amina: { roles: ["agent"], units: ["servicecenter"] },
  borrowed: { roles: ["agent"], units: ["avfall"] },
  plan2: { roles: ["floorCoordinator"], units: ["ifo-mottagning"] },
  plan4: { roles: ["floorCoordinator"], units: ["bygglov"] },
  bygglov: { roles: ["officer"], units: ["bygglov"] },
  miljo: { roles: ["officer"], units: ["miljo"] },
  social: { roles: ["officer"], units: ["ifo-mottagning"] },
  chef: { roles: ["manager"], units: ["servicecenter"] },
  skolchef: { roles: ["manager"], units: ["skolplacering"] },
  registrator: { roles: ["registrar"], units: ["kansli"] },
};

let booking: string;
beforeAll(async () => {
  booking = await startBooking(people);
});
beforeEach(async () => {
  clock("2026-11-24T09:50:00Z");
  await emptyTable(booking);
});
afterEach(() => {
  delete process.env["CLOCK_OFFSET_MS"];
});

type Row = Record<string, unknown>;

function ask(
  method: "GET" | "POST" | "PUT",
  path: string,
  sub: string,
  body?: Row,
  office = "kommunhuset",
): Promise<Answer> {
  const whole = path.startsWith("/") ? path : `/booking/reception/${office}/${path}`;
  return askBooking(method, whole, sub, body);
}

let keys = 0;
async function checkIn(body: Row, sub = "reception"): Promise<Answer> {
  keys += 1;
  return await ask("POST", "visits", sub, { key: `key-${keys}-of-tests`, ...body });
}
const act = (number: number, what: string, sub = "reception", body: Row = {}, date = "2026-11-24") =>
  ask("POST", `days/${date}/visits/${number}/${what}`, sub, body);
const code = ({ status, body }: Answer) => [status, body.error?.code];

const bygglov = "b1".repeat(16);
const social = "5c".repeat(16);
const aSocialBooking = someBooking(social, {
  service: "ekonomiskt-bistand",
  unit: "ifo-mottagning",
  person: "social",
});

describe("a check-in of the wrong person", () => {
  test("is taken back: the booking is expected again, the badge is free, and no name is kept", async () => {
    await putBooking(booking, someBooking(bygglov, { person: null }), "Kim");
    const wrong = await checkIn({ bookingId: bygglov, badge: 17, name: "Fel Person", plate: "ABC12D" });
    expect((await act(wrong.body.number, "undo")).body).toMatchObject({ state: "mistaken", may: [] });
    expect(code(await act(wrong.body.number, "undo"))).toEqual([409, "wrong-status"]);
    const { body } = await ask("GET", "today", "reception");
    expect(body.expected).toMatchObject([{ bookingId: bygglov, name: "Kim" }]);
    expect((await ask("GET", "house", "reception")).body.inside).toEqual([]);
    expect((await ask("GET", "parking", "reception")).body.plates).toEqual([]);
    const { Items } = await table.send(new ScanCommand({ TableName: booking, ConsistentRead: true }));
    expect(JSON.stringify(Items)).not.toContain("Fel Person");
    expect(await findBooking(booking, bygglov)).toMatchObject({ status: "confirmed", version: 3 });
    const right = await checkIn({ bookingId: bygglov, badge: 17 });
    expect(right).toMatchObject({ status: 201, body: { number: 2, badge: 17, name: "Kim" } });
    clock("2026-11-24T12:00:00Z");
    const figures = await ask("GET", "days/2026-11-24/figures", "chef");
    expect(figures.body.all).toMatchObject({ booked: 1, dropIn: 0, noShow: 0, total: 1 });
  });

  test("of a booking that had lost its person leaves it so", async () => {
    await putBooking(booking, someBooking(bygglov, { status: "unsettled" }));
    await act((await checkIn({ bookingId: bygglov })).body.number, "undo");
    expect(await findBooking(booking, bygglov)).toMatchObject({ status: "unsettled" });
  });

  test("is done by the reception alone, and only until somebody has been told", async () => {
    const { body } = await checkIn({ purpose: "floor", floor: 4, name: "Kim" });
    expect(code(await act(body.number, "undo", "plan4"))).toEqual([404, "not-found"]);
    await act(body.number, "call");
    expect(code(await act(body.number, "undo"))).toEqual([409, "wrong-status"]);
  });
});

test("whoever leads a meeting for a group is no visitor, and its guests are", async () => {
  const group = { service: "ny-i-kommunen", unit: "servicecenter" };
  await putBooking(booking, someBooking(social, { ...group, person: "amina" }));
  await putBooking(booking, someBooking(bygglov, { ...group, person: null, session: social }), "Kim");
  const { body } = await ask("GET", "today", "reception");
  expect(body.expected).toMatchObject([{ bookingId: bygglov, name: "Kim" }]);
  clock("2026-11-24T12:00:00Z");
  const { all } = (await ask("GET", "days/2026-11-24/figures", "chef")).body;
  expect(all).toMatchObject({ noShow: 1, total: 1 });
});

describe("a guest host", () => {
  const session = { hours: [{ from: "09:00", to: "12:00" }], visitors: "both" };
  const lawyers = "guest-advokatjour";
  const enter = (service: string, sub = "chef", body: Row = { session }, date = "2026-11-24") =>
    ask("PUT", `/booking/offices/kommunhuset/guest-sessions/${date}/${service}`, sub, body);

  test("whose visitors are secret has them by number alone, and calls them apart from the servicecenter's", async () => {
    expect((await enter("advokatjour")).body).toEqual({ days: 1, outsideOpening: false });
    await putBooking(
      booking,
      someBooking(social, { service: "advokatjour", unit: "servicecenter", person: lawyers }),
      "Sam",
    );
    expect((await ask("GET", "today", "reception")).body).toMatchObject({
      expected: [{ hidden: true, name: null, host: lawyers, service: null, floor: null }],
      guests: [{ host: lawyers, name: "Advokatjouren", secret: true, expected: 1, waiting: 0 }],
    });
    const dropIn = await checkIn({ purpose: "service-centre", host: lawyers, name: "Kim" });
    expect(dropIn).toMatchObject({
      status: 201,
      body: { number: 1, hidden: true, name: null, host: lawyers },
    });
    await checkIn({ purpose: "service-centre", name: "Bo" });
    expect((await checkIn({ bookingId: social })).body).toMatchObject({
      number: 3,
      hidden: true,
      name: null,
    });
    const rows = await table.send(new ScanCommand({ TableName: booking, ConsistentRead: true }));
    expect(JSON.stringify(rows.Items)).not.toContain("Kim");
    const [guests] = (await ask("GET", "today", "reception")).body.guests;
    expect(guests).toMatchObject({ expected: 0, waiting: 2 });
    const next = async (body: Row) => {
      const answer = await ask("POST", "call-next", "reception", body);
      return answer.body.number ?? answer.body.error.code;
    };
    expect(await next({ guestHost: lawyers })).toBe(1);
    expect(await next({})).toBe(2);
    expect(await next({})).toBe("nobody-waits");
    expect(await next({ guestHost: "guest-energiradgivning" })).toBe("nobody-waits");
    expect((await ask("GET", "today", "bygglov")).body.guests).toEqual([]);
  });

  test("whose visitors are secret can have their meetings seen to by whoever books them, and by nobody else", async () => {
    const lawyer = someBooking(social, { service: "advokatjour", unit: "servicecenter", person: lawyers });
    await putBooking(
      booking,
      { ...lawyer, status: "unsettled", startsAt: "2026-11-25T10:00:00.000Z" },
      "Sam",
    );
    const seen = async (sub: string) => (await ask("GET", "/booking/unsettled", sub)).body.unsettled.length;
    expect([await seen("amina"), await seen("bygglov")]).toEqual([1, 0]);
    const { body } = await ask("GET", `/booking/bookings/${social}`, "bygglov");
    expect(body).toMatchObject({ hidden: true, party: null });
  });

  test("whose visitors are not is like any host", async () => {
    await enter("energiradgivning");
    const answer = await checkIn({ purpose: "service-centre", host: "guest-energiradgivning", name: "Kim" });
    expect(answer.body).toMatchObject({ hidden: false, name: "Kim", service: "energiradgivning" });
  });

  test("receives by what was entered last, and not at all once that is taken away", async () => {
    const on = "/booking/offices/kommunhuset/guest-sessions?from=2026-11-24&to=2026-11-30";
    await enter("advokatjour");
    const late = { session: { hours: [{ from: "17:00", to: "19:00" }], visitors: "drop-in" } };
    expect((await enter("advokatjour", "amina", late)).body.outsideOpening).toBe(true);
    expect((await ask("GET", on, "amina")).body.sessions).toEqual([
      { service: "advokatjour", date: "2026-11-24", ...late.session },
    ]);
    await enter("advokatjour", "chef", { session: null });
    expect((await ask("GET", on, "amina")).body.sessions).toEqual([]);
    expect((await ask("GET", "today", "reception")).body.guests).toEqual([]);
  });

  test.each([
    ["of another service", "vagledning", "chef", "2026-11-24", [404, "not-found"]],
    ["yesterday", "advokatjour", "chef", "2026-11-23", [422, "date-passed"]],
    ["by whoever does not plan", "advokatjour", "bygglov", "2026-11-24", [404, "not-found"]],
  ])("%s is refused", async (_, service, sub, date, refused) => {
    expect(code(await enter(service, sub, { session }, date))).toEqual(refused);
  });

  test("has no profile that anybody could change", async () => {
    const person = { person: lawyers, name: "Annan", unit: "servicecenter", services: [], languages: [] };
    const rest = { manager: null, office: null, standIn: null, calendarUrl: null };
    const saved = await ask("PUT", `/booking/people/${lawyers}`, "chef", { person: { ...person, ...rest } });
    expect(code(saved)).toEqual([404, "not-found"]);
    const { body } = await ask("GET", "/booking/people", "amina");
    expect(body.people).toMatchObject([
      { person: "guest-energiradgivning", name: "Energirådgivaren", guestHost: true },
      { person: lawyers, name: "Advokatjouren", guestHost: true },
    ]);
  });
});

describe("checking in", () => {
  test("by booking: the host's visitor, with a number, waiting from the appointment, and the booking has arrived", async () => {
    await putBooking(booking, someBooking(bygglov), "Kim");
    const answer = await checkIn({ bookingId: bygglov, badge: 17, plate: "abc 12d" });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        number: 1,
        date: "2026-11-24",
        state: "waiting",
        kind: "booked",
        purpose: "floor",
        floor: 4,
        badge: 17,
        waitingFrom: "2026-11-24T10:00:00.000Z",
        name: "Kim",
        host: "bygglov",
        hidden: false,
      },
    });
    expect(await findBooking(booking, bygglov)).toMatchObject({ status: "arrived" });
    expect(code(await checkIn({ bookingId: bygglov }))).toEqual([409, "arrived-already"]);
  });

  test("by the code on the slip, for whoever has neither mail nor telephone", async () => {
    await putBooking(booking, someBooking(bygglov));
    await putBooking(booking, someBooking(`b1c2${"0".repeat(28)}`));
    expect(await checkIn({ code: "B1B1-B1 B1" })).toMatchObject({
      status: 201,
      body: { name: null, floor: 4 },
    });
    expect(code(await checkIn({ code: "abcdef" }))).toEqual([404, "not-found"]);
    expect((await checkIn({ code: "b1" })).status).toBe(400);
  });

  test("by a code that two bookings begin with is refused", async () => {
    await putBooking(booking, someBooking(`aaaaaaaa1${"0".repeat(23)}`));
    await putBooking(booking, someBooking(`aaaaaaaa2${"0".repeat(23)}`));
    expect(code(await checkIn({ code: "aaaaaaaa" }))).toEqual([404, "not-found"]);
    expect((await checkIn({ code: "aaaaaaaa1" })).status).toBe(201);
  });

  test.each([
    ["of another office", { office: "granhult" }, 409, "other-office"],
    ["of another day", { startsAt: "2026-11-25T10:00:00.000Z" }, 409, "other-day"],
    ["that was cancelled", { status: "cancelled" as const }, 409, "wrong-status"],
    ["that is only held", { status: "held" as const }, 409, "wrong-status"],
    ["that is done", { status: "done" as const }, 409, "arrived-already"],
  ])("for a booking %s is refused", async (_, more, status, refused) => {
    await putBooking(booking, someBooking(bygglov, more));
    expect(code(await checkIn({ bookingId: bygglov }))).toEqual([status, refused]);
    expect((await ask("GET", "house", "reception")).body.inside).toEqual([]);
  });

  test("of a visitor whose host is away is done all the same: somebody must see to them", async () => {
    await putBooking(booking, someBooking(bygglov, { status: "unsettled" }));
    expect((await checkIn({ bookingId: bygglov })).status).toBe(201);
  });

  test("unbooked: to a floor, to the servicecenter, with a document; a name need not be given", async () => {
    expect(await checkIn({ purpose: "floor", floor: 4, host: "bygglov", name: "Kim" })).toMatchObject({
      body: { kind: "drop-in", floor: 4, name: "Kim", host: "bygglov" },
    });
    expect(await checkIn({ purpose: "service-centre" }, "amina")).toMatchObject({
      body: { purpose: "service-centre", floor: null, name: null, number: 2 },
    });
    expect(await checkIn({ purpose: "hand-in", floor: 2 })).toMatchObject({
      body: { purpose: "hand-in", floor: 2, hidden: true },
    });
  });

  test.each([
    [{ purpose: "floor", floor: 99 }, 422],
    [{ purpose: "service-centre", floor: 4 }, 422],
    [{ purpose: "floor" }, 400],
    [{}, 400],
    [{ purpose: "service-centre", code: "b1b1b1" }, 400],
    [{ purpose: "service-centre", plate: "A<B" }, 400],
    [{ purpose: "service-centre", badge: 0 }, 400],
    [{ bookingId: "0".repeat(32) }, 404],
  ])("with %j is refused with %i", async (body, status) => {
    expect((await checkIn(body)).status).toBe(status);
  });

  test("with a badge that is out is refused", async () => {
    await checkIn({ purpose: "service-centre", badge: 17 });
    expect(code(await checkIn({ purpose: "service-centre", badge: 17 }))).toEqual([409, "badge-taken"]);
  });

  test("with the same key by five at once is one visit, in ten rounds", async () => {
    for (let round = 0; round < 10; round += 1) {
      const bookingId = String(round).repeat(32);
      await putBooking(booking, someBooking(bookingId));
      const body = { key: `one-and-the-same-${round}`, bookingId, badge: round + 1 };
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => checkIn(body)));
      const numbers = new Set(answers.map(({ body: { number } }) => number));
      expect([answers.map(({ status }) => status), numbers.size]).toEqual([Array(5).fill(201), 1]);
    }
    expect((await ask("GET", "today", "reception")).body.visits).toHaveLength(10);
  });

  test("again with the same key is the same visit as it stands now; with another wish a mistake", async () => {
    await putBooking(booking, someBooking(bygglov));
    const body = { key: "one-and-the-same", bookingId: bygglov, badge: 17, name: "Kim" };
    const { number } = (await checkIn(body)).body;
    await act(number, "call");
    expect(await checkIn(body)).toMatchObject({ status: 201, body: { number, state: "called" } });
    expect(code(await checkIn({ ...body, badge: 18 }))).toEqual([422, "other-wish"]);
    expect((await ask("GET", "today", "reception")).body.visits).toHaveLength(1);
  });

  test("half an hour past midnight is number one of the new day", async () => {
    clock("2027-06-01T21:30:00Z");
    await checkIn({ purpose: "service-centre" });
    clock("2027-06-01T22:30:00Z");
    expect(await checkIn({ purpose: "service-centre" })).toMatchObject({
      body: { date: "2027-06-02", number: 1 },
    });
  });
});

test("whoever has hired premises is offered a key to them, of those that are in, by the desk alone", async () => {
  const hire = "e1".repeat(16);
  const premises = { service: "motesrum", unit: "servicecenter", person: null, room: "kommunhuset-ekbacken" };
  await putBooking(booking, someBooking(hire, premises), "Kim");
  await putBooking(booking, someBooking(bygglov));
  const key = itemOutKey("kommunhuset", "nyckel-ekbacken-1");
  const loan = {
    loanId: "1".repeat(32),
    version: 1,
    office: "kommunhuset",
    item: "nyckel-ekbacken-1",
    status: "out",
    bookingId: null,
    lentAt: "2026-11-23T10:00:00.000Z",
    lentBy: "reception",
    dueAt: "2026-11-24T17:00:00.000Z",
    returnedAt: null,
    returnedBy: null,
    asked: "x",
  };
  const keysOf = async (sub: string) => {
    const { expected } = (await ask("GET", "today", sub)).body;
    return Object.fromEntries(
      expected.map(({ bookingId, keys }: { bookingId: string; keys: Row[] }) => [
        bookingId,
        keys.map(({ number }) => number),
      ]),
    );
  };
  expect(await keysOf("reception")).toEqual({ [hire]: ["E1", "E2"], [bygglov]: [] });
  await table.send(new PutCommand({ TableName: booking, Item: { ...key, loanId: loan.loanId } }));
  await table.send(new PutCommand({ TableName: booking, Item: { ...loanKey(loan.loanId), ...loan } }));
  expect(await keysOf("reception")).toEqual({ [hire]: ["E2"], [bygglov]: [] });
  expect(await keysOf("bygglov")).toEqual({ [bygglov]: [] });
});

describe("a visitor to the social services", () => {
  test("is told of, cleared by the floor, sent up, handed back and let out, in that order", async () => {
    await putBooking(booking, aSocialBooking, "Robin");
    await checkIn({ bookingId: social, badge: 3 });
    expect(code(await act(1, "send-up"))).toEqual([409, "not-cleared"]);
    expect(code(await act(1, "clear", "plan2"))).toEqual([409, "wrong-status"]);
    await act(1, "call");
    const refused = await act(1, "send-up");
    expect([code(refused), refused.body.current]).toMatchObject([
      [409, "not-cleared"],
      { state: "called", name: null },
    ]);
    expect(code(await act(1, "clear", "reception"))).toEqual([404, "not-found"]);
    expect(code(await act(1, "clear", "plan4"))).toEqual([404, "not-found"]);
    expect(await act(1, "clear", "plan2")).toMatchObject({
      status: 200,
      body: { state: "cleared", name: "Robin" },
    });
    expect(await act(1, "send-up")).toMatchObject({ status: 200, body: { state: "sent-up", name: null } });
    expect(await act(1, "receive", "plan2")).toMatchObject({ body: { state: "on-floor" } });
    expect(await act(1, "hand-back", "social")).toMatchObject({ body: { state: "left-floor" } });
    expect((await ask("GET", "house", "reception")).body.inside).toMatchObject([
      { number: 1, badge: 3, floor: 2 },
    ]);
    expect(await act(1, "check-out")).toMatchObject({ body: { state: "left" } });
    expect((await ask("GET", "house", "reception")).body.inside).toEqual([]);
    expect(await findBooking(booking, social)).toMatchObject({ status: "done" });
  });

  test("is a number and a floor to all but that floor, wherever they are shown", async () => {
    await putBooking(booking, aSocialBooking, "Robin");
    const secrets = /Robin|"social"|ekonomiskt|ifo-mottagning/;
    const before = await ask("GET", "today", "reception");
    expect(before.body.expected).toMatchObject([
      { bookingId: social, floor: 2, hidden: true, startsAt: "2026-11-24T10:00:00.000Z" },
    ]);
    const shown = [before, await checkIn({ bookingId: social, name: "Robin", plate: "SOC123" })];
    for (const path of ["today", "house", "wall", "parking"])
      for (const sub of ["reception", "amina"]) shown.push(await ask("GET", path, sub));
    for (const step of ["call", "call-again"]) shown.push(await act(1, step));
    shown.push(await ask("GET", "days/2026-11-24/figures", "chef"));
    for (const { status, body } of shown) {
      expect([200, 201]).toContain(status);
      expect(JSON.stringify(body)).not.toMatch(secrets);
    }
    const [own] = (await ask("GET", "today", "plan2")).body.visits;
    expect(own).toMatchObject({
      hidden: false,
      name: "Robin",
      host: "social",
      service: "ekonomiskt-bistand",
    });
    expect((await ask("GET", "house", "plan2")).body.inside).toMatchObject([
      { name: "Robin", hidden: false },
    ]);
    expect((await ask("GET", "today", "social")).body.visits).toMatchObject([{ name: "Robin" }]);
  });

  test("who knows no host hands in a paper in a closed room and gets a stamped slip", async () => {
    await checkIn({ purpose: "floor", floor: 2 });
    const answer = await act(1, "hand-in");
    expect(answer).toMatchObject({
      status: 200,
      body: { state: "handed-in", slip: { at: expect.any(String) } },
    });
    expect(answer.body.slip.code).toMatch(/^[0-9a-f]{8}$/);
    expect(code(await act(1, "hand-in"))).toEqual([409, "wrong-status"]);
  });
});

describe("who may", () => {
  beforeEach(async () => {
    await putBooking(booking, someBooking(bygglov), "Kim");
    await checkIn({ bookingId: bygglov });
  });

  test("see the visit: the reception, its floor's coordinator and its host; for others it is not there", async () => {
    const seen = await Promise.all(
      ["reception", "amina", "plan4", "bygglov", "miljo", "plan2", "social"].map(
        async (sub) => (await ask("GET", "today", sub)).body.visits.length,
      ),
    );
    expect(seen).toEqual([1, 1, 1, 1, 0, 0, 0]);
    expect((await ask("GET", "today", "borrowed")).body.visits).toEqual([]);
  });

  test.each([
    ["call", ["miljo", "bygglov", "plan2", "borrowed", "chef", "registrator"]],
    ["call-again", ["miljo", "bygglov", "plan2", "borrowed"]],
    ["clear", ["reception", "amina", "bygglov", "plan2"]],
    ["send-up", ["plan4", "bygglov", "borrowed"]],
    ["fetched", ["miljo", "social", "plan2", "chef"]],
    ["receive", ["miljo", "plan2"]],
    ["hand-back", ["miljo", "plan2"]],
    ["hand-in", ["bygglov", "plan2"]],
    ["turn-away", ["miljo", "plan2", "chef"]],
    ["gone", ["plan4", "bygglov", "borrowed"]],
    ["check-out", ["plan4", "bygglov", "borrowed"]],
    ["close", ["plan4", "bygglov", "borrowed"]],
  ])("not do %s: 404 to %j", async (what, others) => {
    const body = { "turn-away": { reason: "other" }, close: { reason: "looked-for" } }[what];
    for (const sub of others) expect(code(await act(1, what, sub, body))).toEqual([404, "not-found"]);
    expect((await ask("GET", "today", "reception")).body.visits).toMatchObject([{ state: "waiting" }]);
  });

  test.each([
    ["GET", "house", ["bygglov", "chef"]],
    ["GET", "parking", ["plan4", "bygglov", "chef", "borrowed"]],
    ["GET", "wall", ["plan4", "bygglov", "borrowed"]],
    ["GET", "days/2026-11-24/figures", ["reception", "amina", "bygglov", "plan2"]],
    ["GET", "incidents", ["reception", "skolchef", "plan2"]],
    ["GET", "today", ["chef", "registrator"]],
    ["POST", "incidents", ["chef", "registrator"]],
    ["POST", "call-next", ["bygglov", "chef"]],
    ["POST", "visits", ["bygglov", "plan4", "chef", "borrowed"]],
  ] as const)("not ask %s %s: 404 to %j", async (method, path, others) => {
    const body = path === "visits" ? { key: "key-of-others", purpose: "service-centre" } : {};
    for (const sub of others)
      expect(code(await ask(method, path, sub, method === "POST" ? body : undefined))).toEqual([
        404,
        "not-found",
      ]);
  });

  test("turn them away: the host, with a reason", async () => {
    expect((await act(1, "turn-away", "bygglov", {})).status).toBe(400);
    expect(await act(1, "turn-away", "bygglov", { reason: "host-unavailable" })).toMatchObject({
      body: { state: "turned-away", turnedAway: "host-unavailable" },
    });
    expect((await ask("GET", "house", "reception")).body.inside).toEqual([]);
  });

  test("fetch and hand back: the host, and then the reception lets them out", async () => {
    await act(1, "call");
    expect(await act(1, "fetched", "bygglov")).toMatchObject({ body: { state: "on-floor" } });
    expect(await act(1, "hand-back", "bygglov")).toMatchObject({ body: { state: "left-floor" } });
    expect(await act(1, "check-out")).toMatchObject({ body: { state: "left" } });
  });

  test("do anything to a visit that is not there: nobody", async () => {
    expect(code(await act(2, "call"))).toEqual([404, "not-found"]);
    expect(code(await act(1, "call", "reception", {}, "2026-11-25"))).toEqual([404, "not-found"]);
  });
});

describe("calling", () => {
  test("the next takes whoever has waited longest, and two who call at once get two", async () => {
    for (let n = 0; n < 3; n += 1) await checkIn({ purpose: "service-centre" });
    await checkIn({ purpose: "floor", floor: 4 });
    const both = await Promise.all(["reception", "amina"].map((sub) => ask("POST", "call-next", sub, {})));
    expect(both.map(({ body }) => body.number).toSorted()).toEqual([1, 2]);
    expect((await ask("POST", "call-next", "amina", {})).body.number).toBe(3);
    expect(code(await ask("POST", "call-next", "amina", {}))).toEqual([409, "nobody-waits"]);
    expect((await ask("POST", "call-next", "plan4", { floor: 4 })).body.number).toBe(4);
  });

  test("for another floor than one's own there is nobody to call", async () => {
    await checkIn({ purpose: "floor", floor: 4 });
    expect(code(await ask("POST", "call-next", "plan2", { floor: 4 }))).toEqual([409, "nobody-waits"]);
  });

  test("again is due after five minutes, until it is noted that a colleague was told", async () => {
    await checkIn({ purpose: "floor", floor: 4, host: "bygglov" });
    await act(1, "call");
    clock("2026-11-24T09:54:50Z");
    expect((await ask("GET", "today", "reception")).body.callAgain).toEqual([]);
    clock("2026-11-24T09:55:10Z");
    expect((await ask("GET", "today", "reception")).body).toMatchObject({
      callAgain: [1],
      visits: [{ unanswered: true }],
    });
    expect((await ask("GET", "today", "plan2")).body.callAgain).toEqual([]);
    await act(1, "call-again", "reception", { colleague: "miljo" });
    expect((await ask("GET", "today", "reception")).body).toMatchObject({
      callAgain: [],
      visits: [{ tries: 2, colleague: "miljo" }],
    });
  });

  test("shows numbers on the wall: the last called first, cleared ones where clearance is needed", async () => {
    await putBooking(booking, someBooking(bygglov));
    await checkIn({ bookingId: bygglov });
    await checkIn({ purpose: "service-centre" });
    await checkIn({ purpose: "floor", floor: 2 });
    expect((await ask("GET", "wall", "reception")).body).toEqual({ called: [], waiting: 2 });
    await act(2, "call");
    clock("2026-11-24T10:00:01Z");
    await act(3, "call");
    expect((await ask("GET", "wall", "reception")).body).toEqual({ called: [2], waiting: 1 });
    await act(3, "clear", "plan2");
    expect((await ask("GET", "wall", "reception")).body).toEqual({ called: [3, 2], waiting: 1 });
  });
});

describe("the house", () => {
  test("lists exactly who is in it; who never checked out is told after closing, and closed with a reason", async () => {
    const published = { office: "kommunhuset", date: "2026-11-24", people: [] };
    const bookable = [{ from: "2026-11-24T07:00:00.000Z", to: "2026-11-24T17:00:00.000Z" }];
    const Item = { ...officeDayKey("kommunhuset", "2026-11-24"), ...published, bookable };
    await table.send(new PutCommand({ TableName: booking, Item }));
    await checkIn({ purpose: "floor", floor: 4, name: "Kim", badge: 1 });
    await checkIn({ purpose: "floor", floor: 3, badge: 2 });
    await act(2, "call");
    await act(2, "fetched");
    await act(2, "check-out");
    const now = async () => (await ask("GET", "house", "reception")).body.inside;
    expect(await now()).toEqual([
      {
        date: "2026-11-24",
        number: 1,
        badge: 1,
        floor: 4,
        since: expect.stringMatching(/^2026-11-24T09:50:0/),
        forgotten: false,
        secret: false,
        hidden: false,
        name: "Kim",
      },
    ]);
    expect(code(await act(1, "close", "reception", { reason: "seen-leaving" }))).toEqual([
      409,
      "not-forgotten",
    ]);
    clock("2026-11-24T17:00:01Z");
    expect(await now()).toMatchObject([{ number: 1, forgotten: true }]);
    expect((await act(1, "close", "reception", {})).status).toBe(400);
    expect(await act(1, "close", "reception", { reason: "badge-returned" })).toMatchObject({
      body: { state: "left", forgotten: "badge-returned" },
    });
    expect(await now()).toEqual([]);
    expect((await checkIn({ purpose: "service-centre", badge: 1 })).status).toBe(201);
  });

  test("tells the next day of those who stayed", async () => {
    await checkIn({ purpose: "service-centre" });
    clock("2026-11-25T07:00:00Z");
    expect((await ask("GET", "house", "reception")).body.inside).toMatchObject([
      { date: "2026-11-24", forgotten: true },
    ]);
    expect((await ask("GET", "today", "reception")).body.visits).toEqual([]);
    expect((await act(1, "close", "reception", { reason: "looked-for" })).status).toBe(200);
  });
});

test("the parking firm gets today's plates and nothing of yesterday's", async () => {
  await checkIn({ purpose: "service-centre", plate: "xyz-123" });
  await checkIn({ purpose: "floor", floor: 2, plate: "ABC123" });
  expect((await ask("GET", "parking", "reception")).body).toEqual({
    date: "2026-11-24",
    place: "Kommunhuset",
    plates: ["ABC123", "XYZ123"],
  });
  clock("2026-11-25T07:00:00Z");
  expect((await ask("GET", "parking", "reception")).body).toMatchObject({ date: "2026-11-25", plates: [] });
});

test("the day's figures add up", async () => {
  await putBooking(booking, someBooking(bygglov));
  await putBooking(booking, aSocialBooking);
  await putBooking(
    booking,
    someBooking("9".repeat(32), { service: "motesrum", unit: "servicecenter", person: null }),
  );
  await checkIn({ bookingId: bygglov });
  await checkIn({ purpose: "floor", floor: 4 });
  await act(2, "call");
  clock("2026-11-24T11:00:00Z");
  await act(2, "fetched");
  const { body } = await ask("GET", "days/2026-11-24/figures", "chef");
  const none = { handedIn: 0, turnedAway: 0, wentAway: 0 };
  expect(body.floors).toMatchObject([
    { ...none, floor: 2, booked: 0, dropIn: 0, noShow: 1, total: 1, medianWaitingSeconds: null },
    { ...none, floor: 4, booked: 1, dropIn: 1, noShow: 0, total: 2 },
  ]);
  expect(body.all).toMatchObject({ ...none, booked: 1, dropIn: 1, noShow: 1, total: 3 });
  expect(Math.abs(body.all.medianWaitingSeconds - 70 * 60)).toBeLessThan(30);
});

test("a week's figures are what the events say, each visit once, on its own day and floor", async () => {
  const days = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"];
  const counted: Row[] = [];
  for (const [n, day] of days.entries()) {
    clock(`${day}T08:00:00Z`);
    const bookingId = String(n).repeat(32);
    const times = { startsAt: `${day}T10:00:00.000Z`, endsAt: `${day}T10:45:00.000Z` };
    await putBooking(booking, someBooking(bookingId, times));
    await checkIn({ bookingId });
    for (let dropIn = 0; dropIn < n; dropIn += 1) await checkIn({ purpose: "floor", floor: 2 });
    await act(1, "gone", "reception", {}, day);
    await checkIn({ purpose: "hand-in" });
    await act(n + 2, "hand-in", "reception", {}, day);
    const { body } = await ask("GET", `days/${day}/figures`, "chef");
    for (const { floor, booked, dropIn } of body.floors) counted.push({ day, floor, booked, dropIn });
  }
  const { Items = [] } = await table.send(new ScanCommand({ TableName: booking, ConsistentRead: true }));
  const arrivals = Items.flatMap(({ event }) => (event?.type === "VisitorArrived" ? [event.data] : []));
  const told = (day: unknown, floor: unknown, kind: string) =>
    arrivals.filter(
      (one) =>
        one.date === day &&
        (one.floor ?? null) === (floor === null ? null : String(floor)) &&
        one.kind === kind,
    ).length;
  for (const { day, floor, booked, dropIn } of counted)
    expect([booked, dropIn]).toEqual([told(day, floor, "booked"), told(day, floor, "drop-in")]);
  const sum = counted.reduce((all, { booked, dropIn }) => all + Number(booked) + Number(dropIn), 0);
  expect([sum, arrivals.length]).toEqual([20, 20]);
});

test("a threat is told with one press, and read by whoever leads the servicecenter", async () => {
  expect((await ask("POST", "incidents", "reception")).status).toBe(201);
  expect((await ask("POST", "incidents", "plan2", { text: " Slog i glaset " })).status).toBe(201);
  const { body } = await ask("GET", "incidents", "chef");
  expect(body.incidents).toMatchObject([
    { by: "plan2", text: "Slog i glaset" },
    { by: "reception", text: null },
  ]);
});

test("a threat is shown to those of the office on every page, and described afterwards by whoever raised it, once", async () => {
  const { body: raised } = await ask("POST", "incidents", "reception");
  const alarms = async (sub: string) => (await ask("GET", "/booking/alerts", sub)).body.incidents;
  const told = { ...raised, by: "reception", office: "kommunhuset", place: "Kommunhuset", name: null };
  expect(await alarms("amina")).toEqual([told]);
  expect(await alarms("chef")).toEqual([told]);
  expect((await ask("GET", "/booking/alerts", "plan2")).status).toBe(404);
  const seat = { pk: "bjorkeby#PEOPLE", sk: "PERSON#amina", person: "amina", office: "granhult" };
  await table.send(new PutCommand({ TableName: booking, Item: seat }));
  expect(await alarms("amina")).toEqual([]);
  clock("2026-11-24T10:21:00Z");
  expect(await alarms("chef")).toEqual([]);
  const note = (sub: string, text: string, at: string = raised.at) =>
    ask("POST", `incidents/${raised.incidentId}/note`, sub, { at, text });
  expect(code(await note("amina", "Inte min"))).toEqual([404, "not-found"]);
  expect(code(await note("reception", "Annan tid", "2026-11-24T01:00:00.000Z"))).toEqual([404, "not-found"]);
  expect((await note("reception", "Slog i glaset")).status).toBe(200);
  expect(code(await note("reception", "En gång till"))).toEqual([404, "not-found"]);
  const { body } = await ask("GET", "incidents", "chef");
  expect(body.incidents).toMatchObject([{ by: "reception", text: "Slog i glaset" }]);
});

test("a visit says what can be done with it: the floor clears, the reception sends up", async () => {
  const { body: come } = await checkIn({ purpose: "floor", floor: 2 });
  await act(come.number, "call");
  const mine = async (sub: string) => (await ask("GET", "today", sub)).body.visits[0].may;
  expect(await mine("plan2")).toEqual(["tryAgain", "clear", "handIn", "turnAway"]);
  expect(await mine("reception")).toEqual(["tryAgain", "handIn", "turnAway", "goAway", "closeForgotten"]);
  await act(come.number, "clear", "plan2");
  expect(await mine("plan2")).toEqual(["turnAway"]);
  expect(await mine("reception")).toEqual(["sendUp", "turnAway", "goAway", "closeForgotten"]);
});

test("an office that is not there receives nobody", async () => {
  for (const path of ["today", "house", "wall", "parking"])
    expect(code(await ask("GET", path, "reception", undefined, "nowhere"))).toEqual([404, "not-found"]);
  const body = { key: "key-of-nowhere", purpose: "service-centre" };
  expect(code(await ask("POST", "visits", "reception", body, "nowhere"))).toEqual([404, "not-found"]);
});
