import { describe, expect, it } from "vitest";
import { commandOf, type KeyPress, nextIndex, opensPair, sendCommandOf } from "./keys.ts";

const free = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, isComposing: false };

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, ...free, place: "page", ...more };
}

describe("single keys", () => {
  it.each([
    ["j", "next"],
    ["J", "next"],
    ["k", "previous"],
    ["ArrowDown", "next"],
    ["ArrowUp", "previous"],
    ["Escape", "back"],
    ["?", "help"],
    ["r", "answer"],
    ["n", "note"],
    ["a", "take"],
    ["m", "assign"],
    ["u", "watch"],
    ["x", undefined],
    ["Enter", undefined],
  ])("%s means %s", (key, command) => {
    expect(commandOf(press(key), true, false)).toBe(command);
  });

  it.each(["j", "k", "?", "a", "ArrowDown", "Escape"])(
    "%s is left alone in a field and in a dialog",
    (key) => {
      expect(commandOf(press(key, { place: "field" }), true, false)).toBeUndefined();
      expect(commandOf(press(key, { place: "dialog" }), true, false)).toBeUndefined();
    },
  );

  it.each(["ctrlKey", "altKey", "metaKey", "isComposing"])("does nothing with %s", (modifier) => {
    expect(commandOf(press("j", { [modifier]: true }), true, false)).toBeUndefined();
  });

  it.each(["j", "r", "?", "ArrowDown", "Escape"])("%s does nothing when the switch is off", (key) => {
    expect(commandOf(press(key, { place: "list" }), false, false)).toBeUndefined();
  });

  it("leaves the arrows to a button or link outside the list, but not the letters", () => {
    expect(commandOf(press("ArrowDown", { place: "control" }), true, false)).toBeUndefined();
    expect(commandOf(press("j", { place: "control" }), true, false)).toBe("next");
  });
});

describe("pairs", () => {
  it.each([
    ["i", "go-unassigned"],
    ["m", "go-mine"],
    ["v", "go-waiting"],
    ["s", "go-figures"],
    ["j", "next"],
  ])("g %s means %s", (key, command) => {
    expect(commandOf(press(key), true, true)).toBe(command);
  });

  it("begin with g outside fields, when single keys are on", () => {
    expect(opensPair(press("g"), true)).toBe(true);
    expect(opensPair(press("g", { place: "field" }), true)).toBe(false);
    expect(opensPair(press("g"), false)).toBe(false);
  });
});

describe("sending", () => {
  it("is Ctrl+Enter, and with Shift closes as well", () => {
    expect(sendCommandOf({ key: "Enter", ...free, ctrlKey: true })).toBe("send");
    expect(sendCommandOf({ key: "Enter", ...free, ctrlKey: true, shiftKey: true })).toBe("send-and-close");
    expect(sendCommandOf({ key: "Enter", ...free, metaKey: true })).toBe("send");
  });

  it.each([{ key: "Enter" }, { key: "Enter", shiftKey: true }, { key: "a", ctrlKey: true }])(
    "is not %j",
    (keys) => {
      expect(sendCommandOf({ ...free, ...keys })).toBeUndefined();
    },
  );
});

describe("moving in the list", () => {
  it("starts at the first row, whichever way", () => {
    expect(nextIndex("next", -1, 3)).toBe(0);
    expect(nextIndex("previous", -1, 3)).toBe(0);
  });

  it("stops at both ends", () => {
    expect(nextIndex("next", 1, 3)).toBe(2);
    expect(nextIndex("next", 2, 3)).toBe(2);
    expect(nextIndex("previous", 0, 3)).toBe(0);
  });
});
