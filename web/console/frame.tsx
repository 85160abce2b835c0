import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import type { Me } from "./api.ts";
import type { FetchCache } from "./fetch-cache.ts";
import { KeysDialog } from "./keys-dialog.tsx";
import { type Route, WORKLIST_HREF } from "./route.ts";
import type { Settings } from "./settings.ts";
import { useFetched } from "./use-fetched.ts";
import { useKeys } from "./use-keys.ts";

type Props = {
  settings: Settings;
  people: FetchCache<Me>;
  route: Route;
  onSignOut: () => void;
  children: ComponentChildren;
};

/** The hash names the view, so the link may not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector("h1")?.focus();
}

/** What stands around every view: whose console it is, who is signed in, the way round and the help. */
export function Frame({ settings, people, route, onSignOut, children }: Props) {
  const [helpOpen, setHelpOpen] = useState(false);
  const { data: me } = useFetched(people, "me");
  useKeys({ help: () => setHelpOpen(true) });
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
          {me !== undefined && (
            <span>
              <span class="ds-sr-only">Inloggad som </span>
              {me.name}
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
      <nav class="ways" aria-label="Köer">
        <a
          class="ds-link with-icon"
          href={WORKLIST_HREF}
          aria-current={route.view === "worklist" ? "page" : undefined}
        >
          <Icon name="inbox" /> Oklassat
        </a>
      </nav>
      <main id="main">{children}</main>
      <KeysDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}
