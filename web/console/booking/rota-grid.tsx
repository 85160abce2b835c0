import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { cellKey, copyWeek, type RotaDraft, WEEKDAYS, type Weekday } from "./rota-draft.ts";
import { hoursText, parseHours } from "./shift-text.ts";
import type { Basics } from "./with-basics.tsx";

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: "måndag",
  tue: "tisdag",
  wed: "onsdag",
  thu: "torsdag",
  fri: "fredag",
  sat: "lördag",
  sun: "söndag",
};

type Props = {
  draft: RotaDraft;
  faults: readonly string[];
  approved: readonly string[];
  basics: Basics;
  onEdit: (change: Partial<RotaDraft>) => void;
};

/** Who works when, a week of the cycle at a time: a row for each person, a field for each day. */
export function RotaGrid({ draft, faults, approved, basics, onEdit }: Props) {
  const [chosenWeek, setWeek] = useState(0);
  const week = Math.min(chosenWeek, draft.cycleWeeks - 1);
  const { people, cells, cycleWeeks } = draft;
  const write = (key: string, text: string): void => onEdit({ cells: { ...cells, [key]: text } });
  return (
    <section aria-labelledby="rota-grid">
      <h2 id="rota-grid" class="ds-heading" data-size="2xs">
        Vem arbetar när
      </h2>
      <p class="hint">Skriv som 8–13 eller 8:30–12, 13–17. Ett tomt fält är ledigt.</p>
      {cycleWeeks > 1 && <Weeks draft={draft} week={week} onWeek={setWeek} onEdit={onEdit} />}
      {people.length > 0 && (
        <table class="ds-table rota-grid" data-color="neutral">
          <caption class="ds-sr-only">Arbetstider vecka {week + 1}</caption>
          <thead>
            <tr>
              <th scope="col">Vem</th>
              {WEEKDAYS.map((weekday) => (
                <th key={weekday} scope="col">
                  {DAY_NAMES[weekday].slice(0, 3)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person}>
                <th scope="row">
                  {basics.names.person(person)}
                  {approved.includes(person) && (
                    <span class="with-icon subtle">
                      {" "}
                      <Icon name="check" /> godkänd
                    </span>
                  )}
                </th>
                {WEEKDAYS.map((weekday) => {
                  const key = cellKey(week, weekday, person);
                  return (
                    <td key={weekday} data-label={DAY_NAMES[weekday]}>
                      <HoursField
                        label={`${basics.names.person(person)}, ${DAY_NAMES[weekday]} vecka ${week + 1}`}
                        text={cells[key] ?? ""}
                        faulty={faults.includes(key)}
                        onWrite={(text) => write(key, text)}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AddPerson draft={draft} basics={basics} onEdit={onEdit} />
    </section>
  );
}

type WeeksProps = Pick<Props, "draft" | "onEdit"> & { week: number; onWeek: (week: number) => void };

/** The weeks of the cycle, one of them shown. */
function Weeks({ draft, week, onWeek, onEdit }: WeeksProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons without a form are no fieldset
    <div class="buttons weeks" role="group" aria-label="Vecka i rullningen">
      {Array.from({ length: draft.cycleWeeks }, (_, index) => (
        <button
          key={index}
          type="button"
          class="fold-button"
          aria-pressed={index === week}
          onClick={() => onWeek(index)}
        >
          Vecka {index + 1}
        </button>
      ))}
      <Button variant="tertiary" accent onClick={() => onEdit(copyWeek(draft, week))}>
        Kopiera vecka {week + 1} till de andra
      </Button>
    </div>
  );
}

type FieldProps = { label: string; text: string; faulty: boolean; onWrite: (text: string) => void };

/** Hours as they are written; left, they are shown as they were understood. */
function HoursField({ label, text, faulty, onWrite }: FieldProps) {
  const tidy = (): void => {
    const hours = parseHours(text);
    if (hours !== undefined && hoursText(hours) !== text) onWrite(hoursText(hours));
  };
  return (
    <input
      class="ds-input"
      aria-label={label}
      aria-invalid={faulty ? true : undefined}
      title={faulty ? "Går inte att läsa. Skriv som 8–13." : undefined}
      value={text}
      onInput={(event) => onWrite(event.currentTarget.value)}
      onBlur={tidy}
    />
  );
}

/** Puts a row for one more in the grid; whose row is empty is not in the rota. */
function AddPerson({ draft, basics, onEdit }: Pick<Props, "draft" | "basics" | "onEdit">) {
  const others = basics.people
    .filter(({ person, guestHost }) => !guestHost && !draft.people.includes(person))
    .toSorted((one, other) => one.name.localeCompare(other.name, "sv"));
  return (
    <Field label="Lägg till någon">
      {(control) => (
        <select
          {...control}
          class="ds-input add-person"
          value=""
          onChange={(event) => {
            const person = event.currentTarget.value;
            if (person !== "") onEdit({ people: [...draft.people, person] });
          }}
        >
          <option value="">Välj person</option>
          {others.map(({ person, name }) => (
            <option key={person} value={person}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
