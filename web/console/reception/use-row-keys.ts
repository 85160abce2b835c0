import { useEffect, useRef } from "preact/hooks";
import { readSingleKeys } from "../use-keys.ts";

const MAIN = ".entry-main";

/** Moves the focus to the main button of a line; to the search field where the line is there no longer. */
export function focusEntry(id: string): void {
  const button = document.getElementById(id)?.querySelector<HTMLElement>(`${MAIN}, button`);
  if (button == null) focusSearch();
  else button.focus();
}

export function focusSearch(): void {
  document.querySelector<HTMLElement>("[data-search]")?.focus();
}

function focusBeside(row: Element | null, by: number): boolean {
  const rows = [...document.querySelectorAll("[data-entry]")];
  const next = rows[row === null ? 0 : rows.indexOf(row) + by];
  if (next === undefined) return false;
  focusEntry(next.id);
  return true;
}

/** Goes where an arrow leads; from the first line up to the search field. */
function move(key: string, row: Element | null): boolean {
  if (key === "ArrowDown") return focusBeside(row, 1);
  if (key !== "ArrowUp" || row === null) return false;
  if (focusBeside(row, -1)) return true;
  focusSearch();
  return true;
}

const isLetter = (key: string): boolean => key.length === 1 && readSingleKeys();

/**
 * Keys within the list: arrows go between its lines, and a letter does to a line what the button with that letter does. From the
 * search field the arrow down leads in. Letters can be turned off with the console's other single keys.
 */
export function useRowKeys(onLetter: (id: string, letter: string) => boolean): void {
  const letter = useRef(onLetter);
  letter.current = onLetter;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return;
      if (!(target instanceof Element) || document.querySelector("dialog[open]") !== null) return;
      const row = target.closest("[data-entry]");
      const fromSearch = target.matches("[data-search]") && key === "ArrowDown";
      if (row === null && !fromSearch) return;
      const done =
        move(key, row) || (row !== null && isLetter(key) && letter.current(row.id, key.toLowerCase()));
      if (done) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
