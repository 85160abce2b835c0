import { useState } from "preact/hooks";
import { Dialog } from "../ui/dialog.tsx";
import { readSingleKeys, storeSingleKeys } from "./use-keys.ts";

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [["j", "↓"], "Nästa ärende i listan"],
  [["k", "↑"], "Föregående ärende i listan"],
  [["Enter"], "Öppna ärendet"],
  [["Esc"], "Tillbaka till listan"],
  [["?"], "Visa den här hjälpen"],
];

/** The keys of the console, and the switch that turns them off. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [on, setOn] = useState(readSingleKeys);
  const change = (next: boolean): void => {
    storeSingleKeys(next);
    setOn(next);
  };
  return (
    <Dialog title="Kortkommandon" open={open} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && " eller "}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div class="ds-field keys-switch">
        <input
          id="single-keys"
          class="ds-input"
          type="checkbox"
          checked={on}
          aria-describedby="single-keys-hint"
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <label class="ds-label" for="single-keys">
          Använd kortkommandon
        </label>
        <p id="single-keys-hint" class="hint">
          Valet sparas i den här webbläsaren. Utan kortkommandon når du allt med Tabb och Enter.
        </p>
      </div>
    </Dialog>
  );
}
