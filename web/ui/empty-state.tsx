import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

/** What to say where there is nothing to show: what that means, and what to do if anything. */
export function EmptyState({
  title,
  icon = "inbox",
  children,
}: {
  title: string;
  icon?: IconName;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty-state">
      <Icon name={icon} />
      <p class="empty-state-title">{title}</p>
      {children}
    </div>
  );
}
