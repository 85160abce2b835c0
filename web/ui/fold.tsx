import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

type Props = {
  /** What the button says while it is shut, and while it is open. */
  show: string;
  hide: string;
  children: ComponentChildren;
};

/**
 * Something that is there but folded away: a button opens it. What is shut is found by the browser's own search, which
 * opens it too, and it is printed.
 */
export function Fold({ show, hide, children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const found = (): void => setOpen(true);
    const folded = body.current;
    folded?.addEventListener("beforematch", found);
    return () => folded?.removeEventListener("beforematch", found);
  }, []);
  return (
    <div class="fold">
      <button
        type="button"
        class="fold-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? hide : show}
      </button>
      <div ref={body} id={id} class="fold-body" hidden={open ? undefined : "until-found"}>
        {children}
      </div>
    </div>
  );
}
