import { S3Client } from "@aws-sdk/client-s3";
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  ScanCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
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
import { handler as dayRound } from "../book/day-round.ts";
import { borrowerKey, exceptionKey, itemOutKey, loanKey } from "../keys.ts";

// Every denial is logged.
vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "SILENT";
});
// What letters hold is tried where they are read; here they are looked at as they are written.
const bucket = mockClient(S3Client);

const people: People = {
  reception: { roles: ["receptionist"], units: ["servicecenter"] },
  amina: { roles: ["agent"], units: ["servicecenter"] },
  borrowed: { roles: ["agent"], units: ["avfall"] },
  bygglov: { roles: ["officer"], units: ["bygglov"] },
  chef: { roles: ["manager"], units: ["servicecenter"] },
};

let booking: string;
beforeAll(async () => {
  booking = await startBooking(people);
});
beforeEach(async () => {
  bucket.reset();
  // Friday, ten minutes before closing.
  clock("2026-12-04T15:50:00Z");
  await emptyTable(booking);
});
afterEach(() => {
  delete process.env["CLOCK_OFFSET_MS"];
  vi.restoreAllMocks();
});

async function rows(): Promise<Record<string, string>[]> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: booking, ConsistentRead: true }));
  return Items;
}
async function row(Key: { pk: string; sk: string }) {
  return (await table.send(new GetCommand({ TableName: booking, Key, ConsistentRead: true }))).Item;
}

type Row = Record<string, unknown>;

const ask = (
  method: "GET" | "POST",
  path: string,
  body?: Row,
  { sub = "reception", office = "kommunhuset" } = {},
): Promise<Answer> => askBooking(method, `/booking/lending/${office}/${path}`, sub, body);

const item = "nyckel-ekbacken-1";
const asa = { name: "Åsa Prov", phone: "070-174 06 11", email: "asa@example.org", identifiedBy: "e-leg" };
let keys = 0;
function lend(wish: Row = {}, as = {}): Promise<Answer> {
  keys += 1;
  const until = "bookingId" in wish ? {} : { dueOn: "2026-12-07" };
  return ask("POST", "loans", { key: `key-${keys}-of-tests`, item, borrower: asa, ...until, ...wish }, as);
}
const act = (loanId: string, what: string, body?: Row, as = {}) =>
  ask("POST", `loans/${loanId}/${what}`, body ?? {}, as);
const code = ({ status, body }: Answer) => [status, body.error?.code];
async function events(): Promise<{ type: string; data: Row }[]> {
  const all = (await rows()) as unknown as { event?: { type: string; data: Row; time: string } }[];
  return all.flatMap(({ event }) => event ?? []).toSorted((a, b) => a.time.localeCompare(b.time));
}
const told = async (type: string) => (await typesOf()).filter((one) => one === type).length;
const typesOf = async () => (await events()).map(({ type }) => type);

const hire = "ab".repeat(16);
/** Ekbacken on Friday evening, six to ten. */
const aHire = (more = {}) =>
  someBooking(hire, {
    service: "motesrum",
    unit: "servicecenter",
    startsAt: "2026-12-04T17:00:00.000Z",
    endsAt: "2026-12-04T21:00:00.000Z",
    person: null,
    room: "kommunhuset-ekbacken",
    ...more,
  });

describe("lending", () => {
  test("until a date: out with one borrower, due when the office closes, told without a name", async () => {
    const { status, body } = await lend();
    expect([status, body]).toMatchObject([
      201,
      {
        item,
        status: "out",
        lentBy: "reception",
        dueAt: "2026-12-07T17:00:00.000Z",
        overdue: false,
        may: ["extend", "return"],
        borrower: { ...asa, note: null },
      },
    ]);
    expect(await typesOf()).toEqual(["ItemLent"]);
    expect(JSON.stringify(await events())).not.toMatch(/Åsa|asa@|070/);
    expect(JSON.stringify(await row(loanKey(body.loanId)))).not.toMatch(/Åsa|asa@|070/);
    expect(code(await lend())).toEqual([409, "item-out"]);
  });

  test("for a hire: due two opening hours into Monday, and its hirer has come", async () => {
    await putBooking(booking, aHire(), "Åsa Prov");
    expect((await lend({ bookingId: hire })).body).toMatchObject({
      bookingId: hire,
      dueAt: "2026-12-07T09:00:00.000Z",
    });
    expect(await findBooking(booking, hire)).toMatchObject({ status: "arrived" });
    // The other key of the same hire.
    expect((await lend({ bookingId: hire, item: "nyckel-ekbacken-2" })).status).toBe(201);
    expect([await told("ItemLent"), await told("BookedVisitorArrived")]).toEqual([2, 1]);
    // Nobody misses a hire whose key is out.
    clock("2026-12-04T22:00:00Z");
    await dayRound();
    expect(await findBooking(booking, hire)).toMatchObject({ status: "arrived" });
  });

  test("where an exception closes the office on Monday the key is due on Tuesday", async () => {
    await putBooking(booking, aHire());
    const closed = { date: "2026-12-07", open: [], reason: "Inventering" };
    await table.send(
      new PutCommand({
        TableName: booking,
        Item: { ...exceptionKey("kommunhuset", closed.date), ...closed },
      }),
    );
    expect((await lend({ bookingId: hire })).body.dueAt).toBe("2026-12-08T09:00:00.000Z");
    expect(code(await lend({ item: "projektor", dueOn: "2026-12-07" }))).toEqual([422, "not-open"]);
  });

  test.each([
    ["that is cancelled", { status: "cancelled" }, [409, "wrong-status"]],
    ["that is held", { status: "held" }, [409, "wrong-status"]],
    ["that needs a new time", { status: "unsettled" }, [409, "wrong-status"]],
    ["of another room", { room: "kommunhuset-12" }, [422, "other-room"]],
    ["at another office", { office: "granhult" }, [409, "other-office"]],
    ["that is over", { endsAt: "2026-12-04T15:50:00.000Z" }, [409, "hire-over"]],
    ["of a secret service", { service: "ekonomiskt-bistand", unit: "ifo-mottagning" }, [404, "not-found"]],
  ])("for a hire %s is refused, and nothing is written", async (_what, more, refused) => {
    await putBooking(booking, aHire(more));
    const before = (await rows()).length;
    expect(code(await lend({ bookingId: hire }))).toEqual(refused);
    expect(await rows()).toHaveLength(before);
  });

  test("what opens no room is not lent for a hire, nor for one that is not there", async () => {
    expect(code(await lend({ bookingId: hire }))).toEqual([404, "not-found"]);
    await putBooking(booking, aHire());
    expect(code(await lend({ bookingId: hire, item: "projektor" }))).toEqual([422, "other-room"]);
  });

  test.each([
    ["a day that is past", { dueOn: "2026-12-03" }, [422, "due-passed"]],
    ["a closed day", { dueOn: "2026-12-05" }, [422, "not-open"]],
    ["in two years", { dueOn: "2028-12-04" }, [422, "too-far-away"]],
    ["something that is not lent here", { item: "nyckel-granhult-1" }, [404, "not-found"]],
    ["both ways of saying when", { dueOn: "2026-12-07", bookingId: hire }, [400, "invalid-request"]],
    ["nobody's name", { borrower: { ...asa, name: " " } }, [400, "invalid-request"]],
    ["nothing of how they were identified", { borrower: { name: "Åsa" } }, [400, "invalid-request"]],
  ])("with %s is refused", async (_what, wish, refused) => {
    expect(code(await lend(wish))).toEqual(refused);
    expect(await rows()).toEqual([]);
  });

  test("with the same key is the same loan, also when it is back; with another wish it is refused", async () => {
    const first = await lend({ key: "nyckel-ett" });
    const again = await lend({ key: "nyckel-ett" });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(code(await lend({ key: "nyckel-ett", dueOn: "2026-12-08" }))).toEqual([422, "other-wish"]);
    expect(code(await lend({ key: "nyckel-ett", item: "projektor" }))).toEqual([422, "other-wish"]);
    await act(first.body.loanId, "return");
    expect((await lend({ key: "nyckel-ett" })).body).toMatchObject({
      loanId: first.body.loanId,
      status: "returned",
    });
    expect(await typesOf()).toEqual(["ItemLent", "ItemReturned"]);
  });

  test("whose answer is lost is done once, when it is asked again", async () => {
    await putBooking(booking, aHire());
    const send = table.send.bind(table) as (command: unknown) => Promise<never>;
    const spy = vi.spyOn(table, "send").mockImplementation(async (command: unknown) => {
      const answer = await send(command);
      if (command instanceof TransactWriteCommand) throw new Error("the answer was lost");
      return answer;
    });
    expect(code(await lend({ key: "nyckel-tva", bookingId: hire }))).toEqual([500, "internal"]);
    spy.mockRestore();
    expect((await lend({ key: "nyckel-tva", bookingId: hire })).status).toBe(201);
    expect(await typesOf()).toHaveLength(2);
  });

  test("broken off before it was written has left nothing", async () => {
    const send = table.send.bind(table) as (command: unknown) => Promise<never>;
    const spy = vi.spyOn(table, "send").mockImplementation(async (command: unknown) => {
      if (command instanceof TransactWriteCommand) throw new Error("killed");
      return await send(command);
    });
    expect(code(await lend())).toEqual([500, "internal"]);
    spy.mockRestore();
    expect(await rows()).toEqual([]);
  });

  test("to fifty at once: one has it", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => lend()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((one) => one.body.error?.code === "item-out")).toHaveLength(49);
    expect(await typesOf()).toEqual(["ItemLent"]);
  });

  test("asked for by one key fifty times at once: one loan, the same to all", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => lend({ key: "nyckel-alla" })));
    expect(new Set(answers.map(({ body }) => body.loanId)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await typesOf()).toEqual(["ItemLent"]);
  });

  test("both keys of a hire at the same time: both are out, and its hirer has come once", async () => {
    await putBooking(booking, aHire());
    const answers = await Promise.all(
      [item, "nyckel-ekbacken-2"].map((one) => lend({ bookingId: hire, item: one })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect([await told("ItemLent"), await told("BookedVisitorArrived")]).toEqual([2, 1]);
  });
});

describe("giving back", () => {
  test("late on Monday: said by how much, can be lent again, and the hire is over", async () => {
    await putBooking(booking, aHire());
    const { loanId } = (await lend({ bookingId: hire })).body;
    clock("2026-12-07T14:30:00Z");
    const { status, body } = await act(loanId, "return", { note: "Ringen skadad" });
    expect([status, body]).toMatchObject([
      200,
      { status: "returned", returnedBy: "reception", overdue: false, may: ["undo-return"] },
    ]);
    expect(body.lateSeconds).toBeGreaterThanOrEqual(5.5 * 3600);
    expect(body.borrower.note).toBe("Ringen skadad");
    expect((await events()).at(-1)).toMatchObject({
      type: "ItemReturned",
      data: { lateSeconds: body.lateSeconds },
    });
    expect(await findBooking(booking, hire)).toMatchObject({ status: "done" });
    expect(await row(itemOutKey("kommunhuset", item))).toBeUndefined();
    // In ninety days, in seconds.
    const { ttl } = (await row(borrowerKey(loanId))) ?? {};
    expect(ttl).toBe(Math.ceil(Date.parse(body.returnedAt) / 1000) + 90 * 86_400);
    expect((await lend({ dueOn: "2026-12-08" })).status).toBe(201);
  });

  test("before the hire is over leaves the booking as it is", async () => {
    await putBooking(booking, aHire());
    const { loanId } = (await lend({ bookingId: hire })).body;
    expect((await act(loanId, "return")).status).toBe(200);
    expect(await findBooking(booking, hire)).toMatchObject({ status: "arrived" });
  });

  test("twice, also at the same time, is done once; the second is told how it stands", async () => {
    const { loanId } = (await lend()).body;
    const answers = await Promise.all(Array.from({ length: 10 }, () => act(loanId, "return")));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200);
    expect(others.map(code)).toEqual(Array(9).fill([409, "wrong-status"]));
    expect(others[0]?.body.current).toMatchObject({ status: "returned" });
    expect(await typesOf()).toEqual(["ItemLent", "ItemReturned"]);
  });

  test("undone within ten minutes: out as before, with the same borrower who is not forgotten", async () => {
    const { body } = await lend();
    await act(body.loanId, "return", { note: "skadad" });
    clock("2026-12-04T15:59:00Z");
    const undone = await act(body.loanId, "undo-return");
    expect([undone.status, undone.body]).toEqual([200, { ...body, version: 3 }]);
    expect(await row(borrowerKey(body.loanId))).not.toHaveProperty("ttl");
    expect(code(await lend())).toEqual([409, "item-out"]);
    expect(await typesOf()).toEqual(["ItemLent", "ItemReturned", "ItemReturnUndone"]);
    expect(code(await act(body.loanId, "undo-return"))).toEqual([409, "wrong-status"]);
  });

  test("is not undone after ten minutes, nor when somebody else has it", async () => {
    const first = (await lend()).body.loanId;
    await act(first, "return");
    const second = (await lend()).body.loanId;
    expect(code(await act(first, "undo-return"))).toEqual([409, "item-out"]);
    await act(second, "return");
    clock("2026-12-04T16:01:00Z");
    expect(code(await act(second, "undo-return"))).toEqual([409, "too-late"]);
  });

  test("undone while others borrow it: one has it", async () => {
    const first = (await lend()).body.loanId;
    await act(first, "return");
    const answers = await Promise.all([
      act(first, "undo-return"),
      ...Array.from({ length: 10 }, () => lend()),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    const out = await ask("GET", "items");
    expect(out.body.items.filter(({ loan }: { loan: unknown }) => loan !== null)).toHaveLength(1);
  });
});

describe("extending", () => {
  test("makes it due when the office closes on a later date, also when it is overdue", async () => {
    const { loanId } = (await lend()).body;
    clock("2026-12-08T09:00:00Z");
    const { body } = await act(loanId, "extend", { dueOn: "2026-12-09" });
    expect(body).toMatchObject({ dueAt: "2026-12-09T17:00:00.000Z", overdue: false, version: 2 });
  });

  test.each([
    ["to a closed day", "2026-12-12", [422, "not-open"]],
    ["to an earlier day", "2026-12-04", [409, "not-later"]],
  ])("%s is refused, with the loan as it is", async (_what, dueOn, refused) => {
    const { body } = await lend();
    const answer = await act(body.loanId, "extend", { dueOn });
    expect(code(answer)).toEqual(refused);
    expect(answer.body.current).toMatchObject({ dueAt: body.dueAt });
  });

  test("what is back, or lent elsewhere, is refused", async () => {
    const { loanId } = (await lend()).body;
    const elsewhere = await act(loanId, "extend", { dueOn: "2026-12-08" }, { office: "granhult" });
    expect(code(elsewhere)).toEqual([404, "not-found"]);
    await act(loanId, "return");
    expect(code(await act(loanId, "extend", { dueOn: "2026-12-08" }))).toEqual([409, "wrong-status"]);
  });
});

describe("what is lent", () => {
  test("is listed overdue first, then what is in, with hires whose key may be fetched", async () => {
    await putBooking(booking, aHire(), "Åsa Prov");
    await putBooking(booking, { ...aHire({ status: "cancelled" }), bookingId: "c".repeat(32) }, "Bo Prov");
    await lend({ item: "projektor", dueOn: "2026-12-08" });
    await lend({ item: "vattenprov", dueOn: "2026-12-04" });
    clock("2026-12-04T16:30:00Z");
    const { status, body } = await ask("GET", "items", undefined, { sub: "chef" });
    expect(status).toBe(200);
    expect(
      body.items.map(({ item: one, loan }: { item: string; loan: { overdue: boolean } | null }) => [
        one,
        loan?.overdue ?? null,
      ]),
    ).toEqual([
      ["vattenprov", true],
      ["projektor", false],
      ["nyckel-ekbacken-1", null],
      ["nyckel-ekbacken-2", null],
    ]);
    // A manager reads.
    expect(body.items[0].loan).toMatchObject({ may: [], borrower: { name: "Åsa Prov" } });
    expect(body.hires).toMatchObject([{ bookingId: hire, room: "kommunhuset-ekbacken", name: "Åsa Prov" }]);
    expect(body.nextOpen).toBe("2026-12-07");
  });

  test("and is no longer in the config is shown as long as somebody has it", async () => {
    const { loanId } = (await lend()).body;
    const loan = await row(loanKey(loanId));
    const key = itemOutKey("kommunhuset", "gammal-nyckel");
    await table.send(new PutCommand({ TableName: booking, Item: { ...loan, item: "gammal-nyckel" } }));
    await table.send(new PutCommand({ TableName: booking, Item: { ...key, loanId } }));
    await table.send(new DeleteCommand({ TableName: booking, Key: itemOutKey("kommunhuset", item) }));
    const { body } = await ask("GET", "items");
    expect(body.items[0]).toMatchObject({ item: "gammal-nyckel", name: "gammal-nyckel", kind: null });
  });

  test("is told of item by item, without whoever had it ninety days after it came back", async () => {
    const first = (await lend()).body.loanId;
    await act(first, "return", { note: "Åsa tappade den" });
    clock("2027-01-11T09:00:00Z");
    await lend({ dueOn: "2027-01-11", borrower: { ...asa, name: "Bo Prov" } });
    const before = (await ask("GET", `items/${item}/loans`)).body.loans;
    expect(before.map(({ borrower }: { borrower: { name: string } }) => borrower.name)).toEqual([
      "Bo Prov",
      "Åsa Prov",
    ]);
    clock("2027-03-04T16:00:00Z");
    const { body } = await ask("GET", `items/${item}/loans`, undefined, { sub: "chef" });
    expect(body.loans).toMatchObject([{ borrower: { name: "Bo Prov" } }, { loanId: first, borrower: null }]);
    expect(JSON.stringify(body)).not.toContain("Åsa");
  });

  test("is nobody's to see or change but the desk's, and a manager's to see", async () => {
    const { loanId } = (await lend()).body;
    for (const sub of ["bygglov", "borrowed"])
      for (const path of ["items", `items/${item}/loans`])
        expect([sub, ...code(await ask("GET", path, undefined, { sub }))]).toEqual([sub, 404, "not-found"]);
    for (const sub of ["bygglov", "borrowed", "chef"]) {
      expect(code(await act(loanId, "return", {}, { sub }))).toEqual([404, "not-found"]);
      expect(code(await act(loanId, "extend", { dueOn: "2026-12-08" }, { sub }))).toEqual([404, "not-found"]);
      expect(code(await act(loanId, "undo-return", {}, { sub }))).toEqual([404, "not-found"]);
      expect(code(await lend({ item: "projektor" }, { sub }))).toEqual([404, "not-found"]);
    }
    expect((await act(loanId, "return", {}, { sub: "amina" })).status).toBe(200);
  });

  test("has no history where there is no such thing", async () => {
    expect(code(await ask("GET", "items/ingenting/loans"))).toEqual([404, "not-found"]);
    expect((await ask("GET", "items/projektor/loans")).body).toEqual({ loans: [] });
  });
});

describe("what is overdue", () => {
  const letters = () => bucket.calls().map(({ args }) => JSON.parse(String((args[0].input as Row)["Body"])));

  test("is told once, with a letter to whoever gave an address, and again when it was extended", async () => {
    const { loanId } = (await lend({ borrower: { ...asa, language: "en" } })).body;
    clock("2026-12-07T17:00:01Z");
    await dayRound();
    await dayRound();
    expect(letters()).toEqual([
      {
        to: "asa@example.org",
        language: "en",
        item: "Nyckel till Ekbacken",
        number: "E1",
        place: "Kommunhuset",
        dueAt: "2026-12-07T17:00:00.000Z",
      },
    ]);
    const overdue = async () => (await events()).filter(({ type }) => type === "LoanOverdue");
    expect(await overdue()).toMatchObject([
      { data: { loanId, dueAt: "2026-12-07T17:00:00.000Z", letter: { sha256: expect.any(String) } } },
    ]);
    await act(loanId, "extend", { dueOn: "2026-12-08" });
    await dayRound();
    expect(await overdue()).toHaveLength(1);
    clock("2026-12-08T17:30:00Z");
    await dayRound();
    expect(await overdue()).toHaveLength(2);
    expect(JSON.stringify(await overdue())).not.toMatch(/Åsa|asa@/);
  });

  test("is told also of somebody without an address, but not before it is due nor when it is back", async () => {
    const { loanId } = (await lend({ borrower: { ...asa, email: null } })).body;
    const projector = (await lend({ item: "projektor" })).body.loanId;
    clock("2026-12-07T16:59:00Z");
    await dayRound();
    expect(await typesOf()).toEqual(["ItemLent", "ItemLent"]);
    await act(projector, "return");
    clock("2026-12-07T17:30:00Z");
    await dayRound();
    const told = (await events()).filter(({ type }) => type === "LoanOverdue");
    expect(told).toMatchObject([{ data: { loanId } }]);
    expect(told[0]?.data).not.toHaveProperty("letter");
    expect(letters()).toEqual([]);
  });

  test("by a round that was killed after the letter is told by the next, in the same letter", async () => {
    await lend();
    clock("2026-12-07T17:30:00Z");
    const send = table.send.bind(table) as (command: unknown) => Promise<never>;
    const spy = vi.spyOn(table, "send").mockImplementation(async (command: unknown) => {
      if (command instanceof TransactWriteCommand) throw new Error("killed");
      return await send(command);
    });
    await expect(dayRound()).rejects.toThrow("killed");
    spy.mockRestore();
    await dayRound();
    const [first, second] = bucket.calls().map(({ args }) => (args[0].input as Row)["Key"]);
    expect([second, await typesOf()]).toEqual([first, ["ItemLent", "LoanOverdue"]]);
  });
});
