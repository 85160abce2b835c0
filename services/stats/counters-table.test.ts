import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as cases from "#services/cases/events.ts";
import { table } from "#shared/table.ts";
import { deliveriesOf, recount, someEvents } from "../../test/counted-events.ts";
import { freshTable } from "../../test/tables.ts";
import { countedBehind, countFacts, figuresOfDays } from "./counters-table.ts";
import { factOf } from "./figures.ts";
import { daysOf } from "./period.ts";

let stats: string;
beforeEach(async () => {
  stats = await freshTable("StatsTable");
});

const date = "2026-11-24";
const minute = (n: number) => new Date(Date.UTC(2026, 10, 24, 8, n));
const ofCase = (n: number) => ({
  caseId: `c${n}`,
  caseVersion: 2,
  caseNumber: `BJO-2026-${n}`,
  channel: "email" as const,
});
const reopened = (n: number, at = minute(n)) =>
  factOf(cases.caseReopened.make({ subject: `c${n}`, version: 2, at }, { ...ofCase(n), cause: "by-hand" }));
const closed = (n: number, at = minute(n)) =>
  factOf(
    cases.caseClosed.make(
      { subject: `c${n}`, version: 3, at },
      { ...ofCase(n), reason: "thanks", openedAt: at.toISOString(), solvedBy: "service-centre" },
    ),
  );
const figuresOf = async (day = date) => (await figuresOfDays(stats, [day])).days[0]?.figures;

describe("counting", () => {
  test("adds to the event's day and to what is open, once however often the event comes", async () => {
    const facts = [reopened(1), closed(2), reopened(3)];
    expect(await countFacts(stats, facts)).toEqual({ counted: 3, known: 0 });
    expect(await countFacts(stats, facts)).toEqual({ counted: 0, known: 3 });
    expect(await figuresOfDays(stats, ["2026-11-23", date])).toEqual({
      days: [
        { date: "2026-11-23", figures: {} },
        { date, figures: { reopened: 2, closed: 1, "closed/thanks": 1, "solved/service-centre": 1 } },
      ],
      open: 1,
    });
  });

  test("takes what comes twice in one batch once", async () => {
    expect(await countFacts(stats, [closed(1), closed(2), closed(1)])).toEqual({ counted: 2, known: 1 });
    expect(await figuresOf()).toMatchObject({ closed: 2 });
  });

  test("leaves out what is counted already, and counts what came with it", async () => {
    await countFacts(stats, [closed(1), closed(3)]);
    expect(
      await countFacts(
        stats,
        [1, 2, 3, 4].map((n) => closed(n)),
      ),
    ).toEqual({ counted: 2, known: 2 });
    expect(await figuresOfDays(stats, [date])).toMatchObject({
      days: [{ figures: { closed: 4 } }],
      open: -4,
    });
  });

  test("counts once what several count at the same time", async () => {
    const facts = Array.from({ length: 20 }, (_, n) => reopened(n));
    const all = await Promise.all([facts, facts.toReversed(), facts].map((some) => countFacts(stats, some)));
    expect(all.reduce((sum, { counted }) => sum + counted, 0)).toBe(20);
    expect(await figuresOfDays(stats, [date])).toEqual({
      days: [{ date, figures: { reopened: 20 } }],
      open: 20,
    });
  });

  test("takes more than one transaction holds: many facts, and many days", async () => {
    const sameDay = Array.from({ length: 60 }, (_, n) => closed(n));
    const manyDays = Array.from({ length: 60 }, (_, n) =>
      closed(100 + n, new Date(Date.UTC(2026, 0, 1 + n))),
    );
    expect(await countFacts(stats, [...sameDay, ...manyDays])).toEqual({ counted: 120, known: 0 });
    expect(await figuresOf()).toMatchObject({ closed: 60 });
    expect(await figuresOf("2026-02-28")).toMatchObject({ closed: 1 });
    expect((await figuresOfDays(stats, [])).open).toBe(-120);
  });
});

test("200 events, shuffled and repeated, give what a recount of them gives, and each number its cases", async () => {
  const events = fc.sample(someEvents(200), { numRuns: 1, seed: 12 }).flat();
  const counted = recount(events);
  const dates = Object.keys(counted.days).sort((a, b) => a.localeCompare(b));
  await fc.assert(
    fc.asyncProperty(deliveriesOf(events), async (deliveries) => {
      stats = await freshTable("StatsTable");
      const facts = deliveries.map(factOf);
      for (let from = 0; from < facts.length; from += 10) {
        await countFacts(stats, facts.slice(from, from + 10));
      }
      const figures = await figuresOfDays(stats, dates);
      expect(figures).toEqual({
        days: dates.map((day) => ({ date: day, figures: counted.days[day] })),
        open: counted.open,
      });
    }),
    { numRuns: 3 },
  );
  for (const day of dates) {
    for (const [figure, value] of Object.entries(counted.days[day] ?? {})) {
      const behind = await countedBehind(stats, { date: day, figure, after: undefined });
      if (figure === "first-answer-minutes") {
        expect(behind.cases.length).toBeLessThanOrEqual(value);
      } else expect([...behind.cases, ...behind.bookings]).toHaveLength(value);
    }
  }
});

test("the longest period is one read", async () => {
  await countFacts(stats, [reopened(1)]);
  const sent = vi.spyOn(table, "send");
  const days = daysOf("2026-09-01", "2026-12-01");
  const answer = await figuresOfDays(stats, "refused" in days ? [] : days);
  expect(answer.days).toHaveLength(92);
  expect(answer.days.filter(({ figures }) => figures["reopened"] === 1)).toHaveLength(1);
  expect(sent).toHaveBeenCalledTimes(1);
  sent.mockRestore();
});

describe("the cases behind a figure", () => {
  const behind = (figure: string, after?: string) => countedBehind(stats, { date, figure, after }, 4);

  test("come in pages, oldest first, those of that figure and that day alone", async () => {
    const nextDay = closed(98, new Date("2026-11-25T08:00:00Z"));
    await countFacts(stats, [nextDay, closed(9), reopened(5), closed(1), closed(3), reopened(2), closed(7)]);
    const first = await behind("closed/thanks");
    expect(first.cases).toEqual([
      { caseId: "c1", caseNumber: "BJO-2026-1", at: minute(1).toISOString() },
      { caseId: "c3", caseNumber: "BJO-2026-3", at: minute(3).toISOString() },
    ]);
    const second = await behind("closed/thanks", first.cursor ?? "");
    expect(second.cases.map(({ caseId }) => caseId)).toEqual(["c7", "c9"]);
    expect(second.cursor).toBeNull();
  });

  test("are none for a figure that nothing has added to", async () => {
    await countFacts(stats, [closed(1)]);
    expect(await behind("closed/answered")).toEqual({ cases: [], bookings: [], cursor: null });
  });
});
