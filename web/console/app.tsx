import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createApi } from "./api.ts";
import { CasePage } from "./case/case-page.tsx";
import { createFetchCache } from "./fetch-cache.ts";
import { Frame } from "./frame.tsx";
import { WorklistPage } from "./list/worklist-page.tsx";
import { createWorklistStore } from "./list/worklist-store.ts";
import { NotFoundPage } from "./not-found-page.tsx";
import { parseRoute, type Route } from "./route.ts";
import { forgetSession, type Session, signOut } from "./session.ts";
import type { Settings } from "./settings.ts";
import { type SignedOutReason, SignInPage } from "./sign-in-page.tsx";

type Props = { settings: Settings; session: Session | undefined; reason: SignedOutReason };

/** The console: the sign-in page, or the frame with the view that the address names. */
export function App({ settings, session: opened, reason: openedBecause }: Props) {
  const [session, setSession] = useState(opened);
  const [reason, setReason] = useState(openedBecause);
  const visit = useVisit();

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

  const title = session === undefined ? "Logga in" : titleOf(visit.route);
  useEffect(() => {
    document.title = `${title} – ${settings.serviceCentre}`;
  }, [title, settings]);

  if (session === undefined) {
    return <SignInPage settings={settings} reason={reason} focused={reason === "expired"} />;
  }
  const leave = (): void => {
    setReason("new");
    void signOut(settings);
  };
  return (
    <SignedIn settings={settings} session={session} visit={visit} onExpired={expire} onSignOut={leave} />
  );
}

type Visit = { route: Route; previous: Route | undefined };

/** Where the agent is, and where from. */
function useVisit(): Visit {
  const [visit, setVisit] = useState<Visit>(() => ({
    route: parseRoute(location.hash),
    previous: undefined,
  }));
  useEffect(() => {
    const onHashChange = (): void => {
      setVisit(({ route }) => ({ route: parseRoute(location.hash), previous: route }));
    };
    addEventListener("hashchange", onHashChange);
    return () => removeEventListener("hashchange", onHashChange);
  }, []);
  return visit;
}

/** The tab's title. It stays in the browser's history, so it holds nothing about a person. */
function titleOf(route: Route): string {
  if (route.view === "worklist") return "Oklassat";
  return route.view === "case" ? "Ärende" : "Sidan finns inte";
}

type SignedInProps = {
  settings: Settings;
  session: Session;
  visit: Visit;
  onExpired: () => void;
  onSignOut: () => void;
};

function SignedIn({ settings, session, visit, onExpired, onSignOut }: SignedInProps) {
  const expired = useRef(onExpired);
  expired.current = onExpired;
  // All that has been fetched belongs to this session and goes with it.
  const stores = useMemo(() => {
    const api = createApi({
      accessToken: () => (session.expiresAtMs > Date.now() ? session.accessToken : undefined),
      onSignedOut: () => expired.current(),
    });
    return {
      people: createFetchCache((_key, signal) => api.me(signal)),
      worklist: createWorklistStore(api, Date.now),
      files: createFetchCache(api.caseFile),
      texts: createFetchCache(api.messageText),
    };
  }, [session]);

  const { route, previous } = visit;
  const focused = previous !== undefined;
  return (
    <Frame settings={settings} people={stores.people} route={route} onSignOut={onSignOut}>
      {route.view === "worklist" && (
        <WorklistPage
          store={stores.worklist}
          returnedFrom={previous?.view === "case" ? previous.caseId : undefined}
          focused={focused}
        />
      )}
      {route.view === "case" && (
        <CasePage
          key={route.caseId}
          caseId={route.caseId}
          files={stores.files}
          texts={stores.texts}
          row={stores.worklist.find(route.caseId)}
          serviceCentre={settings.serviceCentre}
          focused={focused}
        />
      )}
      {route.view === "unknown" && (
        <NotFoundPage title="Sidan finns inte" focused={focused}>
          Adressen leder inte till någon sida här.
        </NotFoundPage>
      )}
    </Frame>
  );
}
