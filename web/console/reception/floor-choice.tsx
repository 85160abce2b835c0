import { useId } from "preact/hooks";
import type { Floor, Guests } from "./schemas.ts";

/** `floor`: null is the servicecenter. `guests`: the guest host there. */
type Where = { floor: number | null; guests: Guests | undefined };

type Props = Where & {
  floors: readonly Floor[];
  hosts: readonly Guests[];
  onChoose: (where: Where) => void;
  /** By its key: the choice is made, and the next field has its turn. */
  onChosen: () => void;
  onHandIn: () => void;
};

/** Where somebody without a booking is to go. The number of a floor chooses it and goes on, as g does for a guest host; arrows only choose. */
export function FloorChoice({ floors, hosts, floor, guests, onChoose, onChosen, onHandIn }: Props) {
  const id = useId();
  const choices = [
    { key: "0", name: "Servicecentret", floor: null, guests: undefined },
    ...floors.map(({ number, name }) => ({ key: String(number), name, floor: number, guests: undefined })),
    ...hosts.map((one) => ({ key: "g", name: one.name, floor: null, guests: one })),
  ];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.toLowerCase() === "i") onHandIn();
    const fitting = choices.filter(({ key }) => key === event.key.toLowerCase());
    // Of several guest hosts, g again is the next.
    const chosen =
      fitting[(fitting.findIndex((one) => one.guests?.host === guests?.host) + 1) % fitting.length];
    if (chosen === undefined) return;
    event.preventDefault();
    onChoose(chosen);
    if (fitting.length === 1) onChosen();
  };
  return (
    <fieldset class="choices floors" aria-describedby={`${id}-hint`} onKeyDown={onKeyDown}>
      <legend class="ds-label">Vart?</legend>
      <p id={`${id}-hint`} class="hint">
        {hosts.length === 0
          ? "Siffran väljer planet och går vidare till brickan."
          : "Siffran väljer planet, g gästen, och går vidare till brickan."}
      </p>
      {choices.map((choice) => (
        <div class="ds-field" key={choice.name}>
          <input
            id={`${id}-${choice.guests?.host ?? choice.key}`}
            class="ds-input"
            type="radio"
            name={id}
            checked={choice.floor === floor && choice.guests?.host === guests?.host}
            onChange={() => onChoose(choice)}
          />
          <label class="ds-label" for={`${id}-${choice.guests?.host ?? choice.key}`}>
            {choice.key} {choice.name}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
