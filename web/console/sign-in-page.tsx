import { useState } from "preact/hooks";
import { Alert } from "../ui/alert.tsx";
import { Button } from "../ui/button.tsx";
import { PageHeading } from "../ui/page-heading.tsx";
import { startSignIn } from "./session.ts";
import type { Settings } from "./settings.ts";

export type SignedOutReason = "new" | "expired" | "cancelled" | "failed";

const REASONS: Record<SignedOutReason, { tone: "info" | "danger"; text: string } | undefined> = {
  new: undefined,
  expired: {
    tone: "info",
    text: "Du har varit inloggad så länge att du behöver logga in igen. Du kommer tillbaka till samma sida.",
  },
  cancelled: { tone: "info", text: "Inloggningen avbröts. Du är inte inloggad." },
  failed: { tone: "danger", text: "Inloggningen gick inte att slutföra. Försök igen." },
};

type Props = { settings: Settings; reason: SignedOutReason; focused: boolean };

/** The way in, and back to the view that the address names. */
export function SignInPage({ settings, reason, focused }: Props) {
  const [leaving, setLeaving] = useState(false);
  const [unreachable, setUnreachable] = useState(false);
  const notice = unreachable
    ? { tone: "danger" as const, text: "Inloggningstjänsten svarar inte. Försök igen om en stund." }
    : REASONS[reason];

  const signIn = async (): Promise<void> => {
    setLeaving(true);
    setUnreachable(false);
    try {
      await startSignIn(settings, location.hash);
    } catch {
      setUnreachable(true);
      setLeaving(false);
    }
  };

  return (
    <main class="sign-in">
      <div class="ds-card sign-in-card" data-color="neutral">
        <p class="sign-in-organisation">{settings.organisation}</p>
        <PageHeading focused={focused}>{settings.serviceCentre}</PageHeading>
        <div role="alert">
          {notice !== undefined && (
            <Alert tone={notice.tone}>
              <p>{notice.text}</p>
            </Alert>
          )}
        </div>
        <Button busy={leaving} onClick={() => void signIn()}>
          {leaving ? "Öppnar inloggningen …" : "Logga in"}
        </Button>
      </div>
    </main>
  );
}
