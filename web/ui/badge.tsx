import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export type BadgeTone = "neutral" | "info" | "success" | "warning" | "danger";

/** A short state in words. The colour only underlines what the words say. */
export function Badge({
  children,
  tone = "neutral",
  icon,
}: {
  children: ComponentChildren;
  tone?: BadgeTone;
  icon?: IconName;
}) {
  return (
    <span class="ds-tag" data-color={tone} data-variant="outline">
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </span>
  );
}
