export type KeyCommand = "next" | "previous" | "back" | "help";

/** Where the focus was when a key was pressed. `control` is a button or link outside the list. */
export type KeyPlace = "field" | "dialog" | "control" | "list" | "page";

export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  place: KeyPlace;
};

const COMMANDS: Readonly<Record<string, KeyCommand>> = {
  j: "next",
  k: "previous",
  ArrowDown: "next",
  ArrowUp: "previous",
  Escape: "back",
  "?": "help",
};

/**
 * The command of a key press, if any. Single keys never act in a field, where they are text, or with a modifier, which
 * belongs to the browser or to national letters; one switch turns them all off (WCAG 2.1.4).
 */
export function commandOf(press: KeyPress, shortcutsOn: boolean): KeyCommand | undefined {
  if (!shortcutsOn || press.isComposing) return undefined;
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  if (press.place === "field" || press.place === "dialog") return undefined;
  if (press.place === "control" && press.key.startsWith("Arrow")) return undefined;
  return COMMANDS[press.key.length === 1 ? press.key.toLowerCase() : press.key];
}

/** Which of `count` rows a command leads to from row `current` (-1: none yet). Stays within the list. */
export function nextIndex(command: "next" | "previous", current: number, count: number): number {
  if (current === -1) return 0;
  return Math.min(Math.max(current + (command === "next" ? 1 : -1), 0), count - 1);
}
