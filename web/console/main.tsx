import { render } from "preact";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { Loading } from "../ui/loading.tsx";
import { App } from "./app.tsx";
import { applyBrand } from "./brand.ts";
import { finishSignIn, readSession } from "./session.ts";
import { fetchSettings } from "./settings.ts";

async function start(root: HTMLElement): Promise<void> {
  render(<Loading what="Startar …" />, root);
  try {
    const settings = await fetchSettings();
    applyBrand(document.documentElement, settings.colour);
    const result = await finishSignIn(settings, new URL(location.href), Date.now());
    // The code in the address is used up, and belongs in no history.
    if (result.outcome !== "none") history.replaceState(null, "", `/${result.returnTo}`);
    const session = result.outcome === "signed-in" ? result.session : readSession(Date.now());
    const reason = result.outcome === "cancelled" || result.outcome === "failed" ? result.outcome : "new";
    render(<App settings={settings} session={session} reason={reason} />, root);
  } catch {
    render(<NotStarted onRetry={() => void start(root)} />, root);
  }
}

function NotStarted({ onRetry }: { onRetry: () => void }) {
  return (
    <main class="sign-in">
      <div class="ds-card sign-in-card" data-color="neutral" role="alert">
        <h1 class="ds-heading" data-size="md">
          Servicecenter kunde inte starta
        </h1>
        <Alert tone="danger">
          <p>Inställningarna gick inte att hämta. Kontrollera nätet och försök igen.</p>
        </Alert>
        <Button onClick={onRetry}>Försök igen</Button>
      </div>
    </main>
  );
}

const root = document.getElementById("console");
if (root !== null) await start(root);
