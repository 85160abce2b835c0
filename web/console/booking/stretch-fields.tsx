import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import type { Written } from "./stretch.ts";

type Props = { today: string; written: Written; onChange: (written: Written) => void };

/** From when to when: days, and clocks for whoever means a part of them. */
export function StretchFields({ today, written, onChange }: Props) {
  const clock = (label: string, field: "fromClock" | "toClock") => (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          class="ds-input"
          type="time"
          value={written[field]}
          onInput={(event) => onChange({ ...written, [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <DateField
        label="Från och med"
        error={undefined}
        min={today}
        value={written.from}
        onInput={(from) => onChange({ ...written, from, to: written.to < from ? from : written.to })}
      />
      {clock("Från klockan", "fromClock")}
      <DateField
        label="Till och med"
        error={undefined}
        min={written.from}
        value={written.to}
        onInput={(to) => onChange({ ...written, to })}
      />
      {clock("Till klockan", "toClock")}
    </>
  );
}
