import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { useDesk } from "../desk.ts";
import { useReception } from "./reception-desk.ts";

type Props = {
  title: string;
  /** What it is of: another one takes the focus again. */
  of: string;
  /** Terms and what they are, as `dt` and `dd`. */
  children: ComponentChildren;
  onClose: () => void;
};

/** A receipt to print at the desk: which office gave it, and for what. */
export function Receipt({ title, of, children, onClose }: Props) {
  const { directory } = useDesk();
  const { office } = useReception();
  const print = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => print.current?.focus(), [of]);
  return (
    <section class="slip" aria-labelledby="slip-title">
      <h2 id="slip-title" class="ds-heading" data-size="sm">
        {title}
      </h2>
      <p>
        {directory.serviceCentre.name}, {office.name}
      </p>
      <dl>{children}</dl>
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
