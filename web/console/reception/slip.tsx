import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { clockInSweden, dateInSweden } from "../../ui/swedish-time.ts";
import { useDesk } from "../desk.ts";
import { useReception } from "./reception-desk.ts";
import { floorText } from "./reception-words.ts";
import type { Visit } from "./schemas.ts";

/** The receipt of a document that was handed in, to print: number, time and code, and nothing of what it was. */
export function Slip({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { directory } = useDesk();
  const { office } = useReception();
  const print = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => print.current?.focus(), [visit]);
  if (visit.slip === null) return null;
  const at = new Date(visit.slip.at);
  return (
    <section class="slip" aria-labelledby="slip-title">
      <h2 id="slip-title" class="ds-heading" data-size="sm">
        Kvittens på inlämnad handling
      </h2>
      <p>
        {directory.serviceCentre.name}, {office.name}
      </p>
      <dl>
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
      </dl>
      <div class="buttons no-print">
        <button
          ref={print}
          type="button"
          class="ds-button"
          data-variant="primary"
          onClick={() => window.print()}
        >
          Skriv ut kvittens
        </button>
        <Button variant="secondary" onClick={onClose}>
          Klar
        </Button>
      </div>
    </section>
  );
}
