import { describe, expect, it } from "vitest";
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
  withoutOwn,
} from "./worklist.ts";

type Line = { id: string; count: number };

const row = (id: string, count = 1): Line => ({ id, count });

function extent(ids: string, cursor: string | null = null, pages = 1): Extent<Line> {
  return { rows: [...ids].map((id) => row(id)), cursor, pages };
}

const drawn = (list: Worklist<Line>): string =>
  drawnRows(list)
    .map((each) => (each.gone ? `(${each.row.id})` : each.row.id))
    .join("");
const waiting = (list: Worklist<Line>): string =>
  waitingRows(list)
    .map(({ id }) => id)
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
    const later = { rows: [row("b"), row("a", 2)], cursor: null, pages: 1 };
    const list = refreshWorklist(openWorklist(extent("ab"), 1), later, 2);
    expect(drawnRows(list).map((each) => each.row.count)).toEqual([2, 1]);
    expect(drawn(list)).toBe("ab");
  });

  it("marks a row that has left, and drops it with the next show", () => {
    const list = refreshWorklist(openWorklist(extent("abc"), 1), extent("ac"), 2);
    expect(drawn(list)).toBe("a(b)c");
    expect(drawn(showLatest(list))).toBe("ac");
  });

  it("drops a row that left by one's own doing, and no other", () => {
    const list = refreshWorklist(openWorklist(extent("abcd"), 1), extent("ad"), 2);
    expect(drawn(withoutOwn(list, new Set(["a", "b"])))).toBe("a(c)d");
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
    const list = appendPage(refreshed, { rows: [row("c"), row("d"), row("e")], cursor: null });
    expect(drawn(list)).toBe("abcde");
    expect(waiting(list)).toBe("x");
    expect(list.shown.cursor).toBeNull();
    expect(list.shown.pages).toBe(2);
  });
});

it("counts in Swedish", () => {
  expect([waitingText(1), waitingText(3)]).toEqual(["1 nytt – visa", "3 nya – visa"]);
});
