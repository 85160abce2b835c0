import { Field } from "../../ui/field.tsx";
import { storeLastOffice } from "./last-office.ts";
import type { Office } from "./schemas.ts";

type Props = {
  label?: string;
  offices: readonly Pick<Office, "id" | "name">[];
  value: string;
  onChoose: (office: string) => void;
};

/** One of the offices; the choice is remembered for the next view. */
export function OfficeSelect({ label = "Plats", offices, value, onChoose }: Props) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          class="ds-input"
          value={value}
          onChange={(event) => {
            storeLastOffice(event.currentTarget.value);
            onChoose(event.currentTarget.value);
          }}
        >
          {offices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
