import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { System } from "../local/system.ts";
import { ask } from "./api-client.ts";
import { account } from "./intake.ts";
import { putAside } from "./queues.ts";

type Row = Record<string, unknown>;

/** What every case of the proving ground looks for when all is quiet again. `faults` must be empty. */
export type Invariants = {
  cases: number;
  handled: number;
  acknowledged: number;
  /** By our own rules: nobody could be told. */
  notAcknowledged: number;
  /** Cases of mails that could not be read. */
  unreadable: number;
  lost: number;
  doubled: number;
  deadLetters: number;
  /** Mails of ours that were claimed and of which nobody knows whether they went out. */
  unsettled: number;
  faults: readonly string[];
};

/**
 * Every accepted mail is handled once, with its own bytes; no mail goes out twice; each case is whole, with an owner and
 * a date; the figures are a recount; nothing is put aside.
 */
export async function invariants(system: System): Promise<Invariants> {
  const counted = await account(system, 0);
  const cases = await rowsOf(system, "CasesTable");
  const emails = await rowsOf(system, "EmailTable");
  const aside = await putAside(system);
  const deadLetters = Object.values(aside).reduce((sum, count) => sum + count, 0);
  const faults = [
    ...(counted.lost === 0 ? [] : [`${counted.lost} mails lost`]),
    ...(counted.doubled === 0 ? [] : [`${counted.doubled} mails doubled`]),
    ...(deadLetters === 0 ? [] : [`put aside: ${JSON.stringify(aside)}`]),
    ...casesNotWhole(cases),
    ...mailsNotWhole(emails),
    ...(await miscounted(system, cases)),
  ];
  const { handled, lost, doubled } = counted;
  const acknowledged = system.sent().filter(({ tags }) => tags["outbox"]?.startsWith("ack-")).length;
  const outbox = (status: string) =>
    emails.filter((row) => row["rowType"] === "outbox" && row["status"] === status).length;
  return {
    cases: counted.cases,
    handled,
    acknowledged,
    lost,
    doubled,
    deadLetters,
    notAcknowledged: outbox("skipped"),
    unsettled: outbox("claimed"),
    unreadable: counted.unreadable,
    faults,
  };
}

/** Every row of a table, by the name of its output. */
export async function rowsOf(system: System, output: string, index?: string): Promise<Row[]> {
  const rows: Row[] = [];
  let from: Row | undefined;
  do {
    const page = await system.clients.dynamodb.send(
      new ScanCommand({
        TableName: system.assembly.output(output),
        IndexName: index,
        ExclusiveStartKey: from,
      }),
    );
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return rows;
}

/** What a row is, by the beginning of its sort key: `CASE`, `EVENT`, `MESSAGE`. */
function kindOf(row: Row): string {
  return String(row["sk"]).split("#")[0] ?? "";
}

/**
 * Cases of which a part is missing, as if a change had been written in pieces: an event for each version, as many
 * messages as are counted, a claim for each mail, an owner and a date while it is open, numbers without a gap.
 */
export function casesNotWhole(rows: readonly Row[]): string[] {
  const partitions = Map.groupBy(
    rows.filter((row) => String(row["pk"]).includes("#CASE#")),
    (row) => String(row["pk"]),
  );
  const caseOfMail = new Map(
    rows
      .filter((row) => kindOf(row) === "MAIL")
      .map((row) => [String(row["pk"]).split("#").at(-1), row["caseId"]]),
  );
  const faults = [...partitions].flatMap(([pk, own]) =>
    faultsOfCase(own, caseOfMail).map((fault) => `${pk}: ${fault}`),
  );
  const numbers = [...partitions.values()].flatMap((own) => numberOf(own) ?? []).sort((a, b) => a - b);
  const gaps = numbers.filter((number, place) => number !== place + 1).length;
  return gaps === 0 ? faults : [...faults, `${gaps} case numbers are not the next one`];
}

function numberOf(own: readonly Row[]): number | undefined {
  const theCase = own.find((row) => row["sk"] === "CASE");
  return theCase === undefined ? undefined : Number(String(theCase["caseNumber"]).split("-").at(-1));
}

function faultsOfCase(own: readonly Row[], caseOfMail: ReadonlyMap<string | undefined, unknown>): string[] {
  const theCase = own.find((row) => row["sk"] === "CASE");
  if (theCase === undefined) return ["rows without a case"];
  const of = (kind: string) => own.filter((row) => kindOf(row) === kind);
  const messages = of("MESSAGE");
  const versions = of("EVENT").map((row) => Number(String(row["sk"]).slice("EVENT#".length)));
  const allVersions = versions.sort((a, b) => a - b).every((version, place) => version === place + 1);
  const unclaimed = messages.filter(
    (row) =>
      row["direction"] === "in" &&
      row["channel"] === "email" &&
      caseOfMail.get(String(row["messageId"])) !== theCase["caseId"],
  );
  const open = theCase["status"] !== "closed";
  return [
    ...(allVersions && versions.length === theCase["version"] ? [] : ["not one event for each version"]),
    ...(messages.length === theCase["messageCount"] ? [] : ["not as many messages as are counted"]),
    ...(unclaimed.length === 0 ? [] : ["a message whose mail is not claimed"]),
    ...(!open || String(theCase["owner"] ?? "") !== "" ? [] : ["open without an owner"]),
    ...(!open || /^\d{4}-\d\d-\d\d$/.test(String(theCase["nextDate"])) ? [] : ["open without a next date"]),
  ];
}

/** Deliveries without their mail, mails without their event, outgoing mails without an event for each version after the claim. */
function mailsNotWhole(rows: readonly Row[]): string[] {
  const keys = new Set(rows.map((row) => `${row["pk"]} ${row["sk"]}`));
  const mailOf = (delivery: Row) =>
    `${String(delivery["pk"]).split("#")[0]}#MAIL#${String(delivery["mailId"])}`;
  return rows.flatMap((row) => {
    if (row["rowType"] === "delivery" && !keys.has(`${mailOf(row)} MAIL`))
      return [`${row["pk"]}: a delivery without its mail`];
    if (row["rowType"] === "mail" && !keys.has(`${row["pk"]} EVENT#000001`))
      return [`${row["pk"]}: a mail without its event`];
    const settled = row["rowType"] === "outbox" && Number(row["version"]) > 1;
    const last = `EVENT#${String(row["version"]).padStart(6, "0")}`;
    return settled && !keys.has(`${row["pk"]} ${last}`)
      ? [`${row["pk"]}: a settlement without its event`]
      : [];
  });
}

/** The figures of the days, against the events themselves. */
async function miscounted(system: System, rows: readonly Row[]): Promise<string[]> {
  const types = rows.flatMap((row) => {
    const event = row["event"];
    return typeof event === "object" && event !== null && "type" in event ? [event.type] : [];
  });
  const day = (offsetDays: number) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" }).format(
      Date.now() + offsetDays * 86_400_000,
    );
  const { body } = await ask(system, `/stats/days?from=${day(-1)}&to=${day(1)}`, { sub: "chef" });
  const days: { figures: Record<string, number> }[] = body.days ?? [];
  const sum = (figure: string) => days.reduce((total, { figures }) => total + (figures[figure] ?? 0), 0);
  const count = (...wanted: string[]) => types.filter((type) => wanted.includes(String(type))).length;
  return [
    ...(sum("opened") === count("CaseOpened") ? [] : [`${sum("opened")} cases counted as opened`]),
    ...(sum("answers") === count("AnswerGiven", "CitizenTold") ? [] : [`${sum("answers")} answers counted`]),
  ];
}

/** The value below which the given part of the values lies; 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
