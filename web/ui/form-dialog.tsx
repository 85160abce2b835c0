import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Alert } from "./alert.tsx";
import { Button } from "./button.tsx";

type Props = {
  title: string;
  submit: string;
  /** What the button says that leaves everything as it is. */
  leave?: string;
  busy: boolean;
  /** Why it could not be done. What stands in the fields stays there. */
  problem: string | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ComponentChildren;
};

/**
 * A form in a native modal dialog, open while it is drawn. Esc closes it, Ctrl+Enter sends it, and the focus goes back
 * to where it was. When a field is at fault the first such takes the focus.
 */
export function FormDialog({
  title,
  submit,
  leave = "Avbryt",
  busy,
  problem,
  onSubmit,
  onClose,
  children,
}: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const alert = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useLayoutEffect(() => {
    if (problem !== undefined) alert.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);

  const send = (event: Event): void => {
    event.preventDefault();
    if (busy) return;
    onSubmit();
    focusFirstFault(dialog.current);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) send(event);
  };
  return (
    <dialog ref={dialog} class="ds-dialog form-dialog" aria-labelledby={titleId} onClose={onClose}>
      <form noValidate onSubmit={send} onKeyDown={onKeyDown}>
        <h2 id={titleId} class="ds-heading" data-size="sm">
          {title}
        </h2>
        {children}
        <div role="alert" ref={alert}>
          {problem !== undefined && (
            <Alert tone="warning">
              <p>{problem}</p>
            </Alert>
          )}
        </div>
        <div class="buttons">
          <Button submit busy={busy}>
            {submit}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {leave}
          </Button>
        </div>
      </form>
    </dialog>
  );
}

/** After the next drawing, when the fault is there to see. */
export function focusFirstFault(within: Element | null): void {
  requestAnimationFrame(() =>
    setTimeout(() => within?.querySelector<HTMLElement>('[aria-invalid="true"]:not(:disabled)')?.focus()),
  );
}
