import { describe, expect, it } from "vitest";
import type { CaseRow } from "../api.ts";
import {
  appendPage,
  drawnRows,
  type Extent,
  openWorklist,
  refreshWorklist,
  showLatest,
  type Worklist,
  waitingRows,
  waitingText,
} from "./worklist.ts";

function row(caseId: string, more: Partial<CaseRow> = {}): CaseRow {
  return {
    caseId,
    caseNumber: `BJO-2026-${caseId}`,
    subject: caseId,
    sender: null,
    arrivedAt: "2026-11-24T09:00:00Z",
    nextDate: "2026-11-26",
    status: "open",
    channel: "email",
    unreadable: false,
    messageCount: 1,
    ...more,
  };
}

function extent(ids: string, cursor: string | null = null, pages = 1): Extent {
  return { cases: [...ids].map((id) => row(id)), cursor, pages };
}

const drawn = (list: Worklist): string =>
  drawnRows(list)
    .map((each) => (each.gone ? `(${each.row.caseId})` : each.row.caseId))
    .join("");
const waiting = (list: Worklist): string =>
  waitingRows(list)
    .map(({ caseId }) => caseId)
    .join("");

describe("a list that is fetched again", () => {
  it("holds new rows back and moves nothing on the screen", () => {
    const list = refreshWorklist(openWorklist(extent("abc"), 1), extent("xabyc"), 2);
    expect(drawn(list)).toBe("abc");
    expect(waiting(list)).toBe("xy");
    expect(list.fetchedAtMs).toBe(2);
  });

  it("shows them in their places when asked, marked as added", () => {
    const list = showLatest(refreshWorklist(openWorklist(extent("abc"), 1), extent("xabyc"), 2));
    expect(drawn(list)).toBe("xabyc");
    expect(waiting(list)).toBe("");
    expect([...list.added]).toEqual(["x", "y"]);
  });

  it("takes the rows at once when it was empty", () => {
    const list = refreshWorklist(openWorklist(extent(""), 1), extent("ab"), 2);
    expect(drawn(list)).toBe("ab");
    expect([...list.added]).toEqual(["a", "b"]);
  });

  it("renews a row in its place", () => {
    const later = { cases: [row("b"), row("a", { messageCount: 2 })], cursor: null, pages: 1 };
    const list = refreshWorklist(openWorklist(extent("ab"), 1), later, 2);
    expect(drawnRows(list).map((each) => each.row.messageCount)).toEqual([2, 1]);
    expect(drawn(list)).toBe("ab");
  });

  it("marks a row that has left, and drops it with the next show", () => {
    const list = refreshWorklist(openWorklist(extent("abc"), 1), extent("ac"), 2);
    expect(drawn(list)).toBe("a(b)c");
    expect(drawn(showLatest(list))).toBe("ac");
  });
});

describe("a list of several pages", () => {
  it("does not call a row new that slid up from the next page", () => {
    const list = refreshWorklist(openWorklist(extent("abc", "next"), 1), extent("acd", "next"), 2);
    expect(waiting(list)).toBe("");
    expect(drawn(list)).toBe("a(b)c");
  });

  it("does not call a row gone that new rows pushed to the next page", () => {
    const list = refreshWorklist(openWorklist(extent("abc", "next"), 1), extent("xab", "next"), 2);
    expect(drawn(list)).toBe("abc");
    expect(waiting(list)).toBe("x");
  });

  it("puts the next page last, each row once, and keeps what waits", () => {
    const refreshed = refreshWorklist(openWorklist(extent("abc", "next"), 1), extent("xab", "next"), 2);
    const list = appendPage(refreshed, { cases: [row("c"), row("d"), row("e")], cursor: null });
    expect(drawn(list)).toBe("abcde");
    expect(waiting(list)).toBe("x");
    expect(list.shown.cursor).toBeNull();
    expect(list.shown.pages).toBe(2);
  });
});

it("counts in Swedish", () => {
  expect([waitingText(1), waitingText(3)]).toEqual(["1 nytt – visa", "3 nya – visa"]);
});
