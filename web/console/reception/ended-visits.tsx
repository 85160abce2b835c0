import { Button } from "../../ui/button.tsx";
import { Fold } from "../../ui/fold.tsx";
import { floorText, stateText } from "./reception-words.ts";
import type { Visit } from "./schemas.ts";
import { isOver } from "./today.ts";

type Props = { visits: readonly Visit[]; onSlip: (visit: Visit) => void };

/** Those who have left, without names, and the receipts that can be printed again. */
export function EndedVisits({ visits, onSlip }: Props) {
  const ended = visits.filter(isOver).toSorted((one, other) => other.number - one.number);
  if (ended.length === 0) return null;
  return (
    <Fold show={`Avslutade i dag (${ended.length})`} hide="Dölj avslutade">
      <ul class="ended">
        {ended.map((visit) => (
          <li key={visit.number}>
            Nummer {visit.number}, {floorText(visit.floor)}: {stateText(visit).toLowerCase()}
            {visit.slip !== null && (
              <Button variant="tertiary" onClick={() => onSlip(visit)}>
                Visa kvittens <span class="ds-sr-only">för nummer {visit.number}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
