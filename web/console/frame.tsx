import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { BOOKING_HREF, casesHref, FIGURES_HREF } from "./route.ts";
import type { Settings } from "./settings.ts";
import { useKeys } from "./use-keys.ts";
import type { Way } from "./ways.ts";

type Props = {
  settings: Settings;
  name: string | undefined;
  ways: readonly Way[];
  /** The address of the way that is open. */
  current: string | undefined;
  onSignOut: () => void;
  children: ComponentChildren;
};

/** The hash names the view, so the link may not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector("h1")?.focus();
}

/** What stands around every view: whose console it is, who is signed in, the ways and the help. */
export function Frame({ settings, name, ways, current, onSignOut, children }: Props) {
  const [helpOpen, setHelpOpen] = useState(false);
  const go = (href: string): void => {
    if (ways.some((way) => way.href === href)) location.assign(href);
  };
  useKeys({
    help: () => setHelpOpen(true),
    "go-unassigned": () => go(casesHref("unassigned")),
    "go-mine": () => go(casesHref("mine")),
    "go-waiting": () => go(casesHref("waiting")),
    "go-quarantine": () => go(casesHref("quarantine")),
    "go-figures": () => go(FIGURES_HREF),
    "go-booking": () => go(BOOKING_HREF),
  });
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it is a link within the page, but the hash already names the view */}
      <a class="ds-skip-link" href="#main" onClick={skip}>
        Hoppa till innehållet
      </a>
      <header class="bar">
        <p class="bar-name">
          <strong>{settings.organisation}</strong> <span>{settings.serviceCentre}</span>
        </p>
        <div class="bar-person">
          {name !== undefined && (
            <span>
              <span class="ds-sr-only">Inloggad som </span>
              {name}
            </span>
          )}
          <button type="button" class="bar-button" onClick={() => setHelpOpen(true)}>
            Kortkommandon
          </button>
          <button type="button" class="bar-button" onClick={onSignOut}>
            Logga ut
          </button>
        </div>
      </header>
      {ways.length > 0 && (
        <nav class="ways" aria-label="Listor och siffror">
          {ways.map(({ href, text, icon, count }) => (
            <a
              key={href}
              class="ds-link with-icon"
              href={href}
              aria-current={href === current ? "page" : undefined}
            >
              <Icon name={icon} /> {text}
              {count !== undefined && count > 0 && ` (${count})`}
            </a>
          ))}
        </nav>
      )}
      <main id="main">{children}</main>
      <KeysDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}
