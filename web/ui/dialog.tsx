import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

type Props = { title: string; open: boolean; onClose: () => void; children: ComponentChildren };

/**
 * A native modal dialog: the browser keeps the focus inside, closes it on Esc and gives the focus back to where it was.
 */
export function Dialog({ title, open, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the next key press, not after the next paint.
  useLayoutEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="ds-dialog" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId} class="ds-heading" data-size="sm">
        {title}
      </h2>
      {children}
      <Button onClick={onClose} variant="secondary">
        Stäng
      </Button>
    </dialog>
  );
}
