import { useLayoutEffect, useRef } from "preact/hooks";
import { commandOf, type KeyCommand, type KeyPlace, opensPair } from "./keys.ts";

const STORED = "servicecenter.single-keys";
/** How long "g" waits for the key after it. */
const PAIR_MS = 1500;

/** Whether single keys are on for this person in this browser; on until turned off. */
export function readSingleKeys(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

/** Remembers the choice in this browser. */
export function storeSingleKeys(on: boolean): void {
  localStorage.setItem(STORED, on ? "on" : "off");
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (document.querySelector("dialog[open]") !== null) return "dialog";
  if (!(target instanceof HTMLElement)) return "page";
  if (target.isContentEditable || target.closest("input, textarea, select") !== null) return "field";
  if (target.closest("[data-key-list]") !== null) return "list";
  return target.closest("a, button, summary") === null ? "page" : "control";
}

type Handlers = Partial<Record<KeyCommand, () => void>>;

/** Those who listen now; the one that came last is asked first. One listener serves all, so that all see the same pairs. */
const listeners = new Set<{ current: Handlers }>();
let pairUntilMs = 0;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const { key, ctrlKey, altKey, metaKey, shiftKey, isComposing } = event;
  const place = placeOf(event.target);
  const press = { key, ctrlKey, altKey, metaKey, shiftKey, isComposing, place };
  const on = readSingleKeys();
  const command = commandOf(press, on, event.timeStamp < pairUntilMs);
  pairUntilMs = opensPair(press, on) ? event.timeStamp + PAIR_MS : 0;
  if (command === undefined) return;
  const handler = [...listeners].reverse().find(({ current }) => current[command] !== undefined)?.current[
    command
  ];
  if (handler === undefined) return;
  event.preventDefault();
  handler();
}

/** Runs the commands of single keys while the component is shown. A command that is not handled is left to the browser. */
export function useKeys(handlers: Handlers): void {
  const current = useRef(handlers);
  current.current = handlers;
  useLayoutEffect(() => {
    if (listeners.size === 0) document.addEventListener("keydown", onKeyDown);
    listeners.add(current);
    return () => {
      listeners.delete(current);
      if (listeners.size === 0) document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
