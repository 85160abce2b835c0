import { Field } from "./field.tsx";

type Props = {
  label: string;
  /** What is wrong with it, if anything. */
  error: string | undefined;
  /** The earliest date that makes sense, `2026-11-24`. */
  min: string;
  value: string;
  onInput: (date: string) => void;
};

/** A calendar date, by the browser's own control: it can be typed and picked. */
export function DateField({ label, error, min, value, onInput }: Props) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          class="ds-input"
          type="date"
          min={min}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
