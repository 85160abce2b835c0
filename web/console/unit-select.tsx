import type { ControlProps } from "../ui/field.tsx";
import type { Unit } from "./api/desk-schemas.ts";
import { OUTSIDE, unitsByDepartment } from "./directory.ts";

type Props = {
  control: ControlProps;
  units: readonly Unit[];
  value: string;
  /** Offers "none of ours" as well. */
  outside?: boolean;
  onChoose: (unit: string) => void;
};

/** A unit out of the list: typing the beginning of a name finds it, as in every list of the system. */
export function UnitSelect({ control, units, value, outside = false, onChoose }: Props) {
  return (
    <select
      {...control}
      class="ds-input"
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">Välj enhet</option>
      {unitsByDepartment(units).map(([department, members]) => (
        <optgroup key={department} label={department}>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
      {outside && <option value={OUTSIDE}>Ingen enhet i kommunen</option>}
    </select>
  );
}
