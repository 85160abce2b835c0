import { DateField } from "../../ui/date-field.tsx";
import { Field } from "../../ui/field.tsx";
import type { RotaDraft } from "./rota-draft.ts";

type Props = { draft: RotaDraft; faults: readonly string[]; onEdit: (change: Partial<RotaDraft>) => void };

const CYCLES = [1, 2, 3, 4, 5, 6, 8];

/** From when to when a rota holds, and how many weeks go by before it begins anew. */
export function RotaDates({ draft, faults, onEdit }: Props) {
  const cycles = CYCLES.includes(draft.cycleWeeks) ? CYCLES : [...CYCLES, draft.cycleWeeks];
  return (
    <div class="wish">
      <DateField
        label="Gäller från"
        error={undefined}
        min="2026-01-01"
        value={draft.validFrom}
        onInput={(validFrom) => onEdit({ validFrom })}
      />
      <DateField
        label="Till och med"
        error={faults.includes("validTo") ? "Välj en senare dag, högst ett halvår fram." : undefined}
        min={draft.validFrom}
        value={draft.validTo}
        onInput={(validTo) => onEdit({ validTo })}
      />
      <Field label="Veckor i rullningen">
        {(control) => (
          <select
            {...control}
            class="ds-input"
            value={draft.cycleWeeks}
            onChange={(event) => onEdit({ cycleWeeks: Number(event.currentTarget.value) })}
          >
            {cycles.map((weeks) => (
              <option key={weeks} value={weeks}>
                {weeks}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DateField
        label="Vecka 1 börjar måndagen"
        error={faults.includes("anchorMonday") ? "Välj en måndag." : undefined}
        min="2026-01-05"
        value={draft.anchorMonday}
        onInput={(anchorMonday) => onEdit({ anchorMonday })}
      />
    </div>
  );
}
