import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { constantsOf } from "#config/constants.ts";
import { loadMunicipality } from "#config/load.ts";
import { bookingRows } from "#services/booking/book/booking-table.ts";
import { daysLater, weekdayOf } from "#services/booking/hours/local-dates.ts";
import { instantOrNext } from "#services/booking/hours/local-time.ts";
import { openOn } from "#services/booking/hours/opening-hours.ts";
import { dueAfter, lend } from "#services/booking/lending/loan.ts";
import { lendingRows } from "#services/booking/lending/loan-table.ts";
import { shortHash } from "#shared/ids.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { System } from "./system.ts";

const office = "kommunhuset";
const borrower = {
  name: "Kim Exempel",
  phone: "070-174 06 12",
  email: "kim@example.org",
  language: "sv",
  identifiedBy: "legitimation",
  note: null,
} as const;

const answerSchema = z.object({ loanId: z.string().optional(), nextOpen: z.string().nullish() });

/** Something that is out, something that came back, and a key that should have come back on Monday. Once for each system. */
export async function seedDemoLending(system: System, now: Date): Promise<void> {
  const token = await system.oidc.tokenFor("reception");
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${system.origin}/booking/lending/${office}/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answerSchema.parse(await answer.json());
  };
  const { nextOpen: dueOn } = await ask("items");
  const { language: _language, note: _note, ...whom } = borrower;
  // A second time the same keys make nothing new.
  await ask("loans", { key: "demo-projektor", item: "projektor", dueOn, borrower: whom });
  const { loanId } = await ask("loans", {
    key: "demo-vattenprov",
    item: "vattenprov",
    dueOn,
    borrower: whom,
  });
  if (loanId !== undefined) await ask(`loans/${loanId}/return`, {});
  await hireOfLastFriday(system, now);
}

/** The hall hired on a Friday evening: of what is past the API lets nobody hire or lend anything, so the rows are written as they were. */
async function hireOfLastFriday(system: System, now: Date): Promise<void> {
  const municipality = loadMunicipality("demo");
  Object.assign(globalThis, constantsOf(municipality));
  const place = municipality.places.find(({ id }) => id === office);
  const calendar = municipality.calendars[place?.calendar ?? ""];
  if (place === undefined || calendar === undefined) throw new Error(`the demo has no ${office} with hours`);
  const openDays = (from: string) =>
    Array.from({ length: 14 }, (_, day) => openOn(daysLater(from, day), calendar, [], municipality.redDays));
  for (let date = daysLater(localDate(now), -1); ; date = daysLater(date, -1)) {
    const closes = openDays(date)[0]?.open.at(-1)?.to;
    const [starts, ends] = [instantOrNext(date, "18:00"), instantOrNext(date, "22:00")];
    const dueAt = dueAfter(ends, openDays(date), place.lending.returnHours);
    if (weekdayOf(date) !== "fri" || closes === undefined || !(dueAt instanceof Date) || dueAt >= now)
      continue;
    const lentAt = new Date(closes.getTime() - 10 * 60_000);
    const bookingId = shortHash("demo hire");
    const asked = { loanId: shortHash("demo key"), office, item: "nyckel-ekbacken-1", bookingId, asked: "" };
    const loan = lend({ ...asked, dueAt }, { by: "reception", now: lentAt });
    if ("refused" in loan) throw new Error(loan.refused);
    const hire = {
      bookingId,
      version: 1,
      status: "arrived",
      service: "motesrum",
      unit: "servicecenter",
      office,
      startsAt: starts.toISOString(),
      endsAt: ends.toISOString(),
      person: null,
      room: "kommunhuset-ekbacken",
      seats: 1,
      audience: "internal",
      language: "sv",
      equipment: [],
      ledgers: [],
      heldUntil: null,
      sequence: 0,
      linkVersion: 1,
      caseId: null,
      agreed: { reason: "Hyra en kväll", by: "Petra" },
      createdAt: lentAt.toISOString(),
      asked: "",
    } as const;
    const { name, email, phone } = borrower;
    const table = system.assembly.output("BookingTable");
    await onceWritten(system, [
      ...bookingRows(
        table,
        { next: { ...hire, equipment: [], ledgers: [] }, seen: 0, ledgers: [] },
        { party: { name, email, phone, about: null }, events: [], now: lentAt },
      ),
      ...lendingRows(table, loan, { borrower, hire: undefined }),
    ]);
    return;
  }
}

/** Writes rows that are there only once; a key that somebody has by now is theirs. */
async function onceWritten(system: System, rows: ReturnType<typeof lendingRows>): Promise<void> {
  try {
    await system.clients.dynamodb.send(new TransactWriteCommand({ TransactItems: rows }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
  }
}
