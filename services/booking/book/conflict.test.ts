import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { type BookingChange, take } from "./booking.ts";
import { decideAndSave, ledgersOf, serviceOf } from "./take-time.ts";

// The emulator has no conflicts between transactions, so they are played here.
const client = mockClient(DynamoDBDocumentClient);
mockClient(DynamoDBClient);
beforeEach(() => {
  client.reset();
  client.on(BatchGetCommand).resolves({ Responses: {} });
});

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: "",
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const now = new Date("2027-02-22T08:00:00Z");
const stretch = { from: "2027-03-01T08:00:00.000Z", to: "2027-03-01T11:00:00.000Z" };
let decided = 0;

async function decide(): Promise<BookingChange> {
  decided += 1;
  const service = serviceOf("vagledning");
  if (service === undefined) throw new Error("the demo has no such service");
  const world = {
    service,
    day: {
      office: "kommunhuset",
      date: "2027-03-01",
      bookable: [stretch],
      people: [{ person: "amina", ...stretch }],
    },
    people: [
      { person: "amina", unit: "servicecenter", services: [service.id], languages: ["sv"], interprets: [] },
    ],
    rooms: [],
    ledgers: await ledgersOf("table", [{ resource: "person:amina", date: "2027-03-01" }]),
  };
  const change = take(
    {
      bookingId: "0".repeat(32),
      office: "kommunhuset",
      start: new Date(stretch.from),
      wish: { equipment: [], seats: 1 },
      audience: "internal",
      byUnit: false,
      holdMinutes: null,
      agreed: null,
      caseId: null,
      asked: "",
    },
    world,
    now,
  );
  if ("refused" in change) throw new Error(change.refused);
  return change;
}

const save = () => {
  decided = 0;
  return decideAndSave("table", now, decide, { events: async () => [] });
};
const tokens = () =>
  client.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.ClientRequestToken);

test("two conflicts and then none: one booking, read and decided three times, each with a token of its own", async () => {
  client
    .on(TransactWriteCommand)
    .rejectsOnce(cancelled("TransactionConflict", "None"))
    .rejectsOnce(cancelled("None", "TransactionConflict"))
    .resolves({});
  expect(await save()).toMatchObject({ status: "confirmed", person: "amina" });
  expect([decided, new Set(tokens()).size]).toEqual([3, 3]);
});

test("conflicts for ever: busy, and not that the time is taken", async () => {
  client.on(TransactWriteCommand).rejects(cancelled("TransactionConflict"));
  expect(await save()).toEqual({ refused: "busy" });
  expect(tokens()).toHaveLength(10);
}, 20_000);

test("a conflict beside a ledger that somebody has changed is read again as well", async () => {
  client
    .on(TransactWriteCommand)
    .rejectsOnce(cancelled("TransactionConflict", "ConditionalCheckFailed"))
    .resolves({});
  expect(await save()).toMatchObject({ status: "confirmed" });
});

test.each(["AccessDeniedException", "ValidationError"])(
  "what is no conflict (%s) is thrown",
  async (code) => {
    client.on(TransactWriteCommand).rejects(cancelled(code));
    await expect(save()).rejects.toThrow();
    expect(tokens()).toHaveLength(1);
  },
);
