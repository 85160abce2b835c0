import { useState } from "preact/hooks";
import { Dialog } from "../ui/dialog.tsx";
import { readSingleKeys, storeSingleKeys } from "./use-keys.ts";

type KeyHelp = readonly [keys: readonly string[], does: string];

/** Keys that are pressed one by one, or in a pair one after the other; the switch below turns them off. */
const SINGLE: readonly KeyHelp[] = [
  [["j", "↓"], "Nästa i listan"],
  [["k", "↑"], "Föregående i listan"],
  [["Enter"], "Öppna"],
  [["Esc"], "Tillbaka till listan"],
  [["r"], "Svara"],
  [["n"], "Anteckna"],
  [["a"], "Ta ärendet eller uppdraget"],
  [["m"], "Skicka uppdrag till en enhet"],
  [["u"], "Bevaka"],
  [["g i"], "Till Att ta hand om"],
  [["g m"], "Till Mina ärenden"],
  [["g v"], "Till Väntar"],
  [["g k"], "Till Karantän"],
  [["g b"], "Till Bokning"],
  [["g s"], "Till Siffror"],
  [["?"], "Visa den här hjälpen"],
];
const IN_FIELDS: readonly KeyHelp[] = [
  [["Ctrl Enter"], "Skicka eller spara"],
  [["Ctrl Skift Enter"], "Skicka svaret och avsluta ärendet"],
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
      <KeyList keys={SINGLE} />
      <p class="hint">När du skriver:</p>
      <KeyList keys={IN_FIELDS} />
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
          Gäller tangenterna utan Ctrl. Valet sparas i den här webbläsaren.
        </p>
      </div>
    </Dialog>
  );
}

function KeyList({ keys: list }: { keys: readonly KeyHelp[] }) {
  return (
    <dl class="keys">
      {list.map(([keys, does]) => (
        <div key={does}>
          <dt>
            {keys.map((key, index) => (
              <span key={key}>
                {index > 0 && " eller "}
                {key.split(" ").map((part, place) => (
                  <span key={part}>
                    {place > 0 && " "}
                    <kbd>{part}</kbd>
                  </span>
                ))}
              </span>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
