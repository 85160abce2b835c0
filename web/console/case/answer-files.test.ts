import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PreparedFile } from "../api/case-schemas.ts";
import { createAnswerFiles } from "./answer-files.ts";

const place = { url: "https://files.example.se/out/c/x?signed", headers: { "x-amz-checksum-sha256": "x" } };
const missing: PreparedFile = { state: "missing", upload: place };
const is = (state: string): PreparedFile => ({ state, upload: null });

/** A store whose API answers these one after the other, and the last one for ever. */
function storeWith(...answers: (PreparedFile | { refused: string } | Error)[]) {
  const asked: string[] = [];
  const put: string[] = [];
  const left = [...answers];
  const store = createAnswerFiles({
    prepare: (_caseId, { sha256 }) => {
      asked.push(sha256);
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer === undefined || answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve("refused" in answer ? { ...answer, current: undefined } : { answer });
    },
    put: (_upload, content, onSent) => {
      put.push(`${content.size}`);
      onSent(0.5);
      return Promise.resolve();
    },
  });
  const states = () => store.read("c").map(({ state }) => state);
  return { store, asked, put, states };
}

const beslut = () => new File(["Beslut"], "beslut.txt", { type: "text/plain" });
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const soon = () => vi.advanceTimersByTimeAsync(10_000);

describe("a file that is added", () => {
  it("is put where the API says, asked for until it is scanned, and named by its content", async () => {
    const { store, asked, put, states } = storeWith(missing, is("not-scanned"), is("clean"));
    store.add("c", [beslut()]);
    expect(states()).toEqual(["reading"]);
    await vi.waitFor(() => expect(states()).toEqual(["scanning"]));
    await soon();
    expect([states(), put, asked.length]).toEqual([["clean"], ["6"], 3]);
    expect(store.read("c")).toMatchObject([
      { name: "beslut.txt", contentType: "text/plain", bytes: 6, sent: 1, sha256: asked[0] },
    ]);
    expect(asked[0]).toMatch(/^[0-9a-f]{64}$/);
    store.clear("c");
    expect(states()).toEqual([]);
  });

  it("is not sent twice when it is there already, and stands there once", async () => {
    const { store, put, states } = storeWith(is("clean"));
    store.add("c", [beslut(), beslut()]);
    await vi.waitFor(() => expect(states()).toEqual(["clean"]));
    expect(put).toEqual([]);
  });

  it("that is too large or empty is not read", () => {
    const { store, asked, states } = storeWith(is("clean"));
    const large = beslut();
    Object.defineProperty(large, "size", { value: 25_000_001 });
    store.add("c", [large, new File([], "tom.txt")]);
    expect([states(), asked]).toEqual([["file-too-large", "empty"], []]);
  });

  it("is tried again when the net failed", async () => {
    const { store, states } = storeWith(new Error("no net"), is("clean"));
    store.add("c", [beslut()]);
    await vi.waitFor(() => expect(states()).toEqual(["failed"]));
    store.again("c", store.read("c")[0]?.id ?? 0);
    await vi.waitFor(() => expect(states()).toEqual(["clean"]));
  });

  it("is asked for no more once it is removed", async () => {
    const { store, asked, states } = storeWith(is("not-scanned"));
    store.add("c", [beslut()]);
    await vi.waitFor(() => expect(states()).toEqual(["scanning"]));
    store.remove("c", store.read("c")[0]?.id ?? 0);
    const before = asked.length;
    await soon();
    expect([states(), asked.length]).toEqual([[], before]);
  });

  it("of one case is none of another's, and who watches is told", async () => {
    const { store, states } = storeWith({ refused: "secret-not-by-mail" });
    let told = 0;
    const unwatch = store.watch(() => {
      told += 1;
    });
    store.add("c", [beslut()]);
    await vi.waitFor(() => expect(states()).toEqual(["refused"]));
    expect(store.read("other")).toEqual([]);
    const before = told;
    unwatch();
    store.clear("c");
    expect(told).toBe(before);
    expect(before).toBeGreaterThan(1);
  });
});
