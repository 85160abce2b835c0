import { useId } from "preact/hooks";

type Choice = {
  value: string;
  label: string;
  /** Why it cannot be chosen now. */
  disabled?: string | undefined;
};

type Props = {
  legend: string;
  choices: readonly Choice[];
  value: string | undefined;
  error?: string | undefined;
  onChoose: (value: string) => void;
};

/** One of a few: all to be seen, also those that cannot be chosen, with the reason why. */
export function Choices({ legend, choices, value, error, onChoose }: Props) {
  const id = useId();
  return (
    <fieldset class="choices" aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend class="ds-label">{legend}</legend>
      {choices.map((choice) => (
        <div class="ds-field" key={choice.value}>
          <input
            id={`${id}-${choice.value}`}
            class="ds-input"
            type="radio"
            name={id}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled !== undefined}
            aria-invalid={error === undefined ? undefined : true}
            onChange={() => onChoose(choice.value)}
          />
          <label class="ds-label" for={`${id}-${choice.value}`}>
            {choice.label}
          </label>
          {choice.disabled !== undefined && <p class="hint">{choice.disabled}</p>}
        </div>
      ))}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}

type CheckProps = { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void };

/** Yes or no. */
export function Check({ label, hint, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="ds-field">
      <input
        id={id}
        class="ds-input"
        type="checkbox"
        checked={checked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label class="ds-label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
