import type { ComponentChildren } from "preact";

/** A boxed message with an icon that differs by tone, not by colour alone. It does not announce itself. */
export function Alert({
  children,
  tone = "info",
}: {
  children: ComponentChildren;
  tone?: "info" | "success" | "warning" | "danger";
}) {
  return (
    <div class="ds-alert" data-color={tone}>
      {children}
    </div>
  );
}
