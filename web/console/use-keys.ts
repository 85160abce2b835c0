import { useLayoutEffect } from "preact/hooks";
import { commandOf, type KeyCommand, type KeyPlace } from "./keys.ts";

const STORED = "servicecenter.single-keys";

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

/** Runs the commands of single keys while the component is shown. A command that is not handled is left to the browser. */
export function useKeys(handlers: Partial<Record<KeyCommand, () => void>>): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const { key, ctrlKey, altKey, metaKey, isComposing } = event;
      const place = placeOf(event.target);
      const command = commandOf({ key, ctrlKey, altKey, metaKey, isComposing, place }, readSingleKeys());
      const handler = command === undefined ? undefined : handlers[command];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });
}
