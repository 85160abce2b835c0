import { useEffect, useState } from "preact/hooks";
import { readSingleKeys } from "../use-keys.ts";

/** After so long without a hand on it the screen hides names by itself. */
const IDLE_MS = 60_000;
/** Beside the 1 of a Swedish keyboard, and in no name, number or plate: so it works in fields too. */
export const SCREEN_KEY = "§";

/** Whether names are hidden from glances: by key or button at once, or when nobody is at the screen. */
export function useScreening(): [boolean, (on: boolean) => void] {
  const [screened, setScreened] = useState(false);
  useEffect(() => {
    let timer = setTimeout(() => setScreened(true), IDLE_MS);
    const onInput = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setScreened(true), IDLE_MS);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      onInput();
      if (event.key !== SCREEN_KEY || !readSingleKeys()) return;
      event.preventDefault();
      setScreened((on) => !on);
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("pointermove", onInput);
    document.addEventListener("pointerdown", onInput);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("pointermove", onInput);
      document.removeEventListener("pointerdown", onInput);
    };
  }, []);
  return [screened, setScreened];
}
