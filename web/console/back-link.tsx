import { Icon } from "../ui/icon.tsx";

/** Where one came from: a list or a page, by its address and name. */
export type BackTo = { href: string; text: string };

export function goBack(to: BackTo): void {
  location.assign(to.href);
}

export function BackLink({ to }: { to: BackTo }) {
  return (
    <p class="back">
      <a class="ds-link" href={to.href}>
        <Icon name="back" />
        <span>Till {to.text}</span>
      </a>
    </p>
  );
}
