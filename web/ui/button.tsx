import type { ComponentChildren } from "preact";

type Props = {
  children: ComponentChildren;
  onClick?: () => void;
  variant?: "primary" | "secondary" | "tertiary";
  /** Something is under way: the button keeps its place and its focus but does nothing. */
  busy?: boolean;
  /** Sends the form that it stands in. */
  submit?: boolean;
  /** The colour of buttons at large, where what stands around it is in another. */
  accent?: boolean;
  class?: string;
};

/** A real button. While `busy` it stays focusable, so that the keyboard is not thrown to the top of the page. */
export function Button({
  children,
  onClick,
  variant = "primary",
  busy = false,
  submit = false,
  accent = false,
  class: extra,
}: Props) {
  return (
    <button
      type={submit ? "submit" : "button"}
      class={extra === undefined ? "ds-button" : `ds-button ${extra}`}
      data-variant={variant}
      data-color={accent ? "accent" : undefined}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={busy ? undefined : onClick}
    >
      {children}
    </button>
  );
}
