import { useId } from "preact/hooks";
import type { Floor } from "./schemas.ts";

type Props = {
  floors: readonly Floor[];
  floor: number | null;
  onChoose: (floor: number | null) => void;
  /** By its number: the choice is made, and the next field has its turn. */
  onChosen: () => void;
  onHandIn: () => void;
};

/** Where somebody without a booking is to go. The number of a floor chooses it and goes on; arrows only choose. */
export function FloorChoice({ floors, floor, onChoose, onChosen, onHandIn }: Props) {
  const id = useId();
  const choices = [{ number: null, name: "Servicecentret" }, ...floors];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.toLowerCase() === "i") onHandIn();
    const chosen = choices.find(({ number }) => String(number ?? 0) === event.key);
    if (chosen === undefined) return;
    event.preventDefault();
    onChoose(chosen.number);
    onChosen();
  };
  return (
    <fieldset class="choices floors" aria-describedby={`${id}-hint`} onKeyDown={onKeyDown}>
      <legend class="ds-label">Vart?</legend>
      <p id={`${id}-hint`} class="hint">
        Siffran väljer planet och går vidare till brickan.
      </p>
      {choices.map(({ number, name }) => (
        <div class="ds-field" key={name}>
          <input
            id={`${id}-${number ?? 0}`}
            class="ds-input"
            type="radio"
            name={id}
            checked={number === floor}
            onChange={() => onChoose(number)}
          />
          <label class="ds-label" for={`${id}-${number ?? 0}`}>
            {number === null ? `0 ${name}` : `${number} ${name}`}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
