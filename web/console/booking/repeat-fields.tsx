import { Field } from "../../ui/field.tsx";
import { longDate } from "./local-time.ts";
import { everyText, lastDate, MOST_TIMES, type Often, repeatOf } from "./repeat.ts";

type Props = {
  often: Often;
  /** The date of the first meeting. */
  first: string;
  onChange: (often: Often) => void;
};

const WEEKS = [1, 2, 3, 4];

/** Whether the meeting is to be booked again, how often and how many times. */
export function RepeatFields({ often, first, onChange }: Props) {
  const repeat = repeatOf(often);
  return (
    <div class="wish">
      <Field label="Upprepas">
        {(control) => (
          <select
            {...control}
            class="ds-input"
            value={often.everyWeeks}
            onChange={(event) => onChange({ ...often, everyWeeks: event.currentTarget.value })}
          >
            <option value="0">Nej, bara den här gången</option>
            {WEEKS.map((weeks) => (
              <option key={weeks} value={String(weeks)}>
                {everyText(weeks)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {repeat !== undefined && (
        <Field
          label="Antal gånger"
          hint={repeat === "fault" ? undefined : `Sista gången ${longDate(lastDate(first, repeat))}`}
          error={repeat === "fault" ? `Skriv ett tal från 2 till ${MOST_TIMES}.` : undefined}
        >
          {(control) => (
            <input
              {...control}
              class="ds-input"
              inputMode="numeric"
              maxLength={2}
              value={often.times}
              onInput={(event) => onChange({ ...often, times: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
