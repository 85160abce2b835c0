import { describe, expect, it } from "vitest";
import { commandOf, type KeyPress, nextIndex } from "./keys.ts";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, place: "page", ...more };
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
    ["x", undefined],
    ["Enter", undefined],
  ])("%s means %s", (key, command) => {
    expect(commandOf(press(key), true)).toBe(command);
  });

  it.each(["j", "k", "?", "ArrowDown", "Escape"])("%s is left alone in a field and in a dialog", (key) => {
    expect(commandOf(press(key, { place: "field" }), true)).toBeUndefined();
    expect(commandOf(press(key, { place: "dialog" }), true)).toBeUndefined();
  });

  it.each(["ctrlKey", "altKey", "metaKey", "isComposing"])("does nothing with %s", (modifier) => {
    expect(commandOf(press("j", { [modifier]: true }), true)).toBeUndefined();
  });

  it.each(["j", "k", "?", "ArrowDown", "Escape"])("%s does nothing when the switch is off", (key) => {
    expect(commandOf(press(key, { place: "list" }), false)).toBeUndefined();
  });

  it("leaves the arrows to a button or link outside the list, but not the letters", () => {
    expect(commandOf(press("ArrowDown", { place: "control" }), true)).toBeUndefined();
    expect(commandOf(press("j", { place: "control" }), true)).toBe("next");
  });
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
