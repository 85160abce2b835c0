import { clockInSweden, dateInSweden } from "../../ui/swedish-time.ts";
import { Receipt } from "./receipt.tsx";
import { floorText } from "./reception-words.ts";
import type { Visit } from "./schemas.ts";

/** The receipt of a document that was handed in: number, time and code, and nothing of what it was. */
export function Slip({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  if (visit.slip === null) return null;
  const at = new Date(visit.slip.at);
  return (
    <Receipt title="Kvittens på inlämnad handling" of={visit.slip.code} onClose={onClose}>
      <dt>Nummer</dt>
      <dd>{visit.number}</dd>
      <dt>Till</dt>
      <dd>{floorText(visit.floor)}</dd>
      <dt>Inlämnat</dt>
      <dd>
        {dateInSweden(at)} kl. {clockInSweden(at)}
      </dd>
      <dt>Kod</dt>
      <dd class="slip-code">{visit.slip.code.toUpperCase()}</dd>
    </Receipt>
  );
}
