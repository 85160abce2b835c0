export type KeyCommand =
  | "next"
  | "previous"
  | "back"
  | "help"
  | "answer"
  | "note"
  | "take"
  | "assign"
  | "watch"
  | "go-unassigned"
  | "go-mine"
  | "go-waiting"
  | "go-quarantine"
  | "go-figures"
  | "go-booking";

/** Where the focus was when a key was pressed. `control` is a button or link outside the list. */
export type KeyPlace = "field" | "dialog" | "control" | "list" | "page";

export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
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
  r: "answer",
  n: "note",
  a: "take",
  m: "assign",
  u: "watch",
};

/** The second key after "g". */
const GO: Readonly<Record<string, KeyCommand>> = {
  i: "go-unassigned",
  m: "go-mine",
  v: "go-waiting",
  k: "go-quarantine",
  s: "go-figures",
  b: "go-booking",
};

/**
 * The command of a key press, if any. Single keys never act in a field, where they are text, or with a modifier, which
 * belongs to the browser or to national letters; one switch turns them all off (WCAG 2.1.4). `afterG`: the key before
 * it was "g".
 */
export function commandOf(press: KeyPress, shortcutsOn: boolean, afterG: boolean): KeyCommand | undefined {
  if (!isSingle(press, shortcutsOn)) return undefined;
  if (press.place === "control" && press.key.startsWith("Arrow")) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return (afterG ? GO[key] : undefined) ?? COMMANDS[key];
}

/** Whether the key begins a pair such as "g i". */
export function opensPair(press: KeyPress, shortcutsOn: boolean): boolean {
  return isSingle(press, shortcutsOn) && press.key.toLowerCase() === "g";
}

function isSingle(press: KeyPress, shortcutsOn: boolean): boolean {
  if (!shortcutsOn || press.isComposing || press.ctrlKey || press.altKey || press.metaKey) return false;
  return press.place !== "field" && press.place !== "dialog";
}

/** Ctrl+Enter sends what is being written, and with Shift closes as well. No switch: they are no single keys. */
export function sendCommandOf(press: Omit<KeyPress, "place">): "send" | "send-and-close" | undefined {
  if (press.key !== "Enter" || press.isComposing || press.altKey) return undefined;
  if (!press.ctrlKey && !press.metaKey) return undefined;
  return press.shiftKey ? "send-and-close" : "send";
}

/** Which of `count` rows a command leads to from row `current` (-1: none yet). Stays within the list. */
export function nextIndex(command: "next" | "previous", current: number, count: number): number {
  if (current === -1) return 0;
  return Math.min(Math.max(current + (command === "next" ? 1 : -1), 0), count - 1);
}
