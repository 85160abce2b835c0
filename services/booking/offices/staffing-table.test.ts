import { S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { table } from "#shared/table.ts";
import { askBooking, clockAt, emptyTable, type People, startBooking } from "../../../test/booking-api.ts";
import { handler as dayRound } from "../book/day-round.ts";
import { savePerson } from "../people/people-table.ts";
import { checkStaffing } from "./check-staffing.ts";
import { saveRota } from "./plan-table.ts";
import { raisedGaps, saveRaisedGap } from "./staffing-table.ts";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "SILENT";
});
mockClient(S3Client);

const office = "kommunhuset";
/** A Monday, open 8 to 18. */
const date = "2027-03-01";
const units = ["servicecenter"];
const staff: People = {
  amina: { roles: ["agent"], units },
  jonas: { roles: ["agent"], units },
  reception: { roles: ["receptionist"], units },
  chef: { roles: ["manager"], units },
  plan2: { roles: ["floorCoordinator"], units },
};

let bookings: string;
beforeAll(async () => {
  bookings = await startBooking(staff);
});
beforeEach(async () => {
  await emptyTable(bookings);
  for (const person of ["amina", "jonas", "leo"])
    await savePerson(bookings, {
      person,
      name: person,
      unit: "servicecenter",
      services: [],
      languages: ["sv"],
      interprets: [],
      manager: "chef",
      office: null,
      standIn: null,
      calendarUrl: null,
    });
  const rota = {
    office,
    validFrom: "2027-02-01",
    validTo: "2027-04-30",
    anchorMonday: "2027-02-01",
    cycleWeeks: 1,
    shifts: ["amina", "jonas"].map((person) => ({
      weekIndex: 0,
      weekday: "mon" as const,
      from: "08:00",
      to: "18:00",
      person,
    })),
    approvals: [],
  };
  const kept = { rotaId: "var", version: 1, status: "published", publishedTo: null } as const;
  await saveRota(bookings, { ...kept, inForce: rota, rota }, 0);
  clock("06:10");
});
afterEach(() => {
  delete process.env["CLOCK_OFFSET_MS"];
});

const at = (time: string) => new Date(`${date}T${time}:00.000Z`);
const clock = (time: string) => clockAt(at(time).toISOString());

// biome-ignore lint/suspicious/noExplicitAny: whatever the API answers, compared in the tests.
async function ask(method: "GET" | "POST", path: string, sub: string, content?: object): Promise<any> {
  const { status, body } = await askBooking(method, `/booking/${path}`, sub, content);
  return { status, ...body };
}

async function away(person: string, from = "06:00", to = "17:00") {
  const key = `away-${person}-${from}-${to}`;
  const body = { key, from: at(from).toISOString(), to: at(to).toISOString() };
  return await ask("POST", `people/${person}/absences`, "chef", body);
}

async function events(): Promise<object[]> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings, ConsistentRead: true }));
  return Items.flatMap(({ event }) => (event?.type === "StaffingShort" ? [event.data] : []));
}
const shortFrom = {
  office,
  date,
  from: at("07:00").toISOString(),
  to: at("17:00").toISOString(),
  minimum: 2,
};
const alerts = async (sub = "reception") => (await ask("GET", "alerts", sub)).staffing;

test("the sick call at ten past seven raises it at once, and once, whatever the round and others do", async () => {
  expect(await alerts()).toEqual([]);
  await away("jonas");
  expect(await alerts()).toMatchObject([{ place: "Kommunhuset", present: 1, minimum: 2 }]);
  await Promise.all([
    checkStaffing(bookings, office, at("06:20")),
    checkStaffing(bookings, office, at("06:20")),
    away("jonas"),
  ]);
  clock("06:30");
  await dayRound();
  expect(await events()).toEqual([{ ...shortFrom, present: 1 }]);
});

test("at night the round raises nothing; from six it does", async () => {
  await away("jonas", "06:00", "17:00");
  const { Items = [] } = await table.send(new ScanCommand({ TableName: bookings }));
  for (const { pk, sk } of Items.filter((row) => String(row["pk"]).includes("#STAFFING#")))
    await table.send(new DeleteCommand({ TableName: bookings, Key: { pk, sk } }));
  clock("04:59");
  await dayRound();
  expect(await events()).toEqual([]);
  clock("05:00");
  await dayRound();
  expect(await events()).toHaveLength(1);
});

test("an absence of another day raises nothing, nor does an office without a rota", async () => {
  const body = { key: "another-day", from: "2027-03-08T06:00:00.000Z", to: "2027-03-08T17:00:00.000Z" };
  await ask("POST", "people/jonas/absences", "chef", body);
  await dayRound();
  expect(await checkStaffing(bookings, "masten", at("08:00"))).toBe(0);
  expect(await checkStaffing(bookings, "finns-inte", at("08:00"))).toBe(0);
  expect(await events()).toEqual([]);
});

test("what was done about it is noted once, and does not do when it gets worse", async () => {
  await away("jonas");
  const seen = { from: shortFrom.from, to: shortFrom.to, present: 1 };
  const solve = (sub: string, more = {}) =>
    ask("POST", `offices/${office}/staffing/solve`, sub, { ...seen, how: "room-closed", ...more });
  expect((await solve("plan2")).status).toBe(404);
  expect((await solve("reception", { from: at("08:00").toISOString() })).status).toBe(404);
  expect((await solve("reception", { how: "nothing" })).status).toBe(400);
  expect((await solve("reception", { present: 0 })).status).toBe(409);
  const done = await solve("reception", { text: " Norra delen " });
  expect(done.solved).toMatchObject({ how: "room-closed", text: "Norra delen", by: "reception" });
  expect((await solve("amina")).status).toBe(409);
  expect(await alerts()).toEqual([]);
  await away("amina", "09:00", "10:00");
  expect(await alerts()).toMatchObject([{ present: 0 }]);
  expect(await events()).toEqual([
    { ...shortFrom, present: 0 },
    { ...shortFrom, present: 1 },
  ]);
});

test("it says who could step in; and when the absence ends it is over, and raised once if it comes again", async () => {
  const { absence } = await away("jonas");
  const shown = await ask("GET", `offices/${office}/staffing`, "chef");
  expect(shown).toMatchObject({
    date,
    gaps: [{ present: 1, stepIn: [{ person: "leo", why: "not-on-duty" }] }],
  });
  expect((await ask("GET", "offices/finns-inte/staffing", "chef")).status).toBe(404);
  const from = absence.from;
  await ask("POST", `people/jonas/absences/${absence.absenceId}/end`, "chef", { from });
  expect(await alerts()).toEqual([]);
  expect((await ask("GET", `offices/${office}/staffing`, "chef")).gaps).toEqual([]);
  await away("jonas", "06:00", "17:15");
  expect(await alerts()).toHaveLength(1);
  expect(await events()).toHaveLength(1);
});

test("a gap is saved over the version that was seen, and not otherwise", async () => {
  await away("jonas");
  const [gap] = await raisedGaps(bookings, date, office);
  if (gap === undefined) throw new Error("nothing was raised");
  expect(await saveRaisedGap(bookings, { ...gap, version: 2, over: true }, false)).toBe(true);
  expect(await saveRaisedGap(bookings, { ...gap, version: 2 }, false)).toBe(false);
  expect(await saveRaisedGap(bookings, { ...gap, version: 1 }, false)).toBe(false);
  expect(await raisedGaps(bookings, date, "granhult")).toEqual([]);
});

test("only what is left of the day is raised and shown", async () => {
  await away("jonas", "06:00", "09:00");
  clock("09:00");
  expect(await alerts()).toEqual([]);
  expect(await checkStaffing(bookings, office, at("09:00"))).toBe(0);
});
