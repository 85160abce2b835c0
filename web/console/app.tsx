import { useEffect, useState } from "preact/hooks";
import { forgetSession, type Session, signOut } from "./session.ts";
import type { Settings } from "./settings.ts";
import { type SignedOutReason, SignInPage } from "./sign-in-page.tsx";
import { SignedIn } from "./signed-in.tsx";

type Props = { settings: Settings; session: Session | undefined; reason: SignedOutReason };

/** The console: the sign-in page, or all the rest. */
export function App({ settings, session: opened, reason: openedBecause }: Props) {
  const [session, setSession] = useState(opened);
  const [reason, setReason] = useState(openedBecause);

  const expire = (): void => {
    forgetSession();
    setReason("expired");
    setSession(undefined);
  };
  useEffect(() => {
    if (session === undefined) return undefined;
    const timer = setTimeout(expire, session.expiresAtMs - Date.now());
    return () => clearTimeout(timer);
  }, [session]);
  useEffect(() => {
    if (session === undefined) document.title = `Logga in – ${settings.serviceCentre}`;
  }, [session, settings]);

  if (session === undefined) {
    return <SignInPage settings={settings} reason={reason} focused={reason === "expired"} />;
  }
  const leave = (): void => {
    setReason("new");
    void signOut(settings);
  };
  return <SignedIn settings={settings} session={session} onExpired={expire} onSignOut={leave} />;
}
