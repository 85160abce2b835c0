import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * The one h1 of a view. With `focused` it takes the focus when the view opens, so that a screen reader and the keyboard
 * start at the new view; on the very first view of a visit the browser's own start is left alone.
 */
export function PageHeading({ children, focused }: { children: ComponentChildren; focused: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (!focused) return;
    scrollTo(0, 0);
    heading.current?.focus();
  }, [focused]);
  return (
    <h1 ref={heading} class="ds-heading" data-size="md" tabIndex={-1}>
      {children}
    </h1>
  );
}
