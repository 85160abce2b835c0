import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Loading } from "../ui/loading.tsx";
import { Alerts } from "./alerts.tsx";
import { failureKind } from "./api/failure.ts";
import type { BackTo } from "./back-link.tsx";
import { createStores, type Desk, DeskContext, type Notice, type Stores } from "./desk.ts";
import { createDirectory } from "./directory.ts";
import { FetchFailure } from "./fetch-failure.tsx";
import { Frame } from "./frame.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { HOUSE_COPY } from "./reception/house-copy-key.ts";
import { HOME_HREF, parseRoute, type Route } from "./route.ts";
import { type Session, subjectOf } from "./session.ts";
import type { Settings } from "./settings.ts";
import { useFetched } from "./use-fetched.ts";
import { titleOf, View } from "./views.tsx";
import { type Way, wayOf, waysOf } from "./ways.ts";

type Props = {
  settings: Settings;
  session: Session;
  onExpired: () => void;
  onSignOut: () => void;
};

/** The frame, and in it the view that the address names. */
export function SignedIn({ settings, session, onExpired, onSignOut }: Props) {
  const expired = useRef(onExpired);
  expired.current = onExpired;
  const stores = useMemo(() => createStores(session, () => expired.current()), [session]);
  const [notice, setNotice] = useState<Notice | undefined>();
  const me = useFetched(stores.people, "me");
  const units = useFetched(stores.units, "units");
  useLeaving(stores);

  const directory = useMemo(
    () => createDirectory(units.data, settings.serviceCentre),
    [units.data, settings.serviceCentre],
  );
  // The list of units decides which ways there are: without it, its names are missed but the work goes on.
  const known = me.data !== undefined && (units.data !== undefined || units.error !== undefined);
  const held = useHeld(stores, me.data?.roles.includes("agent") === true);
  const ways = known && me.data !== undefined ? waysOf(me.data, directory, held) : [];
  const { route, previous, lastList } = useVisit(ways);
  useEffect(() => {
    document.title = `${titleOf(route)} – ${settings.serviceCentre}`;
  }, [route, settings]);

  const signOut = async (): Promise<void> => {
    await stores.drafts.flushAll();
    localStorage.removeItem(HOUSE_COPY);
    onSignOut();
  };
  const desk: Desk | undefined =
    known && me.data !== undefined
      ? { ...stores, me: { ...me.data, sub: subjectOf(session.accessToken) }, directory, say: setNotice }
      : undefined;
  const failed = me.error !== undefined && failureKind(me.error) !== "signed-out";
  return (
    <Frame
      settings={settings}
      name={me.data?.name}
      ways={ways}
      current={wayOf(route)}
      onSignOut={() => void signOut()}
    >
      {desk === undefined ? (
        <>
          <h1 class="ds-sr-only">{settings.serviceCentre}</h1>
          <FetchFailure
            failed={failed}
            fetchedAt={undefined}
            busy={me.loading}
            onRetry={() => void stores.people.revalidate("me")}
          />
          {!failed && <Loading what="Hämtar …" />}
        </>
      ) : (
        <DeskContext.Provider value={desk}>
          <Alerts />
          <View route={route} previous={previous} back={backTo(lastList, ways)} />
        </DeskContext.Provider>
      )}
      <NoticeBar notice={notice} onDone={() => setNotice(undefined)} />
    </Frame>
  );
}

const HELD_POLL_MS = 60_000;

/** How many cases lie in quarantine, for whoever may let them in. */
function useHeld({ duties }: Stores, agent: boolean): number | undefined {
  const [, redraw] = useState({});
  useEffect(() => {
    if (!agent) return undefined;
    const ask = (): void => {
      if (document.visibilityState === "visible") void duties.revalidate("duties");
    };
    ask();
    const timer = setInterval(ask, HELD_POLL_MS);
    const unwatch = duties.watch("duties", () => redraw({}));
    return () => {
      clearInterval(timer);
      unwatch();
    };
  }, [duties, agent]);
  return agent ? duties.read("duties").data?.held : undefined;
}

/** What is being written is saved when the tab is left or hidden. */
function useLeaving({ drafts }: Stores): void {
  useEffect(() => {
    const onHidden = (): void => {
      if (document.visibilityState === "hidden") void drafts.flushAll();
    };
    document.addEventListener("visibilitychange", onHidden);
    return () => document.removeEventListener("visibilitychange", onHidden);
  }, [drafts]);
}

function backTo(lastList: string | undefined, ways: readonly Way[]): BackTo {
  const way = ways.find(({ href }) => href === lastList) ?? ways[0];
  return way === undefined ? { href: HOME_HREF, text: "startsidan" } : { href: way.href, text: way.text };
}

type Visit = { route: Route; previous: Route | undefined; lastList: string | undefined };

/** Where the person is, where from, and in which list last. The start is the first of their ways. */
function useVisit(ways: readonly Way[]): Visit {
  const [visit, setVisit] = useState<Visit>(() => ({
    route: parseRoute(location.hash),
    previous: undefined,
    lastList: undefined,
  }));
  useEffect(() => {
    const onHashChange = (): void => {
      setVisit(({ route, lastList }) => ({
        route: parseRoute(location.hash),
        previous: route,
        lastList: route.view === "home" ? undefined : (wayOf(route) ?? lastList),
      }));
    };
    addEventListener("hashchange", onHashChange);
    return () => removeEventListener("hashchange", onHashChange);
  }, []);
  const start = ways[0];
  if (visit.route.view !== "home" || start === undefined) return visit;
  return { ...visit, route: parseRoute(start.href) };
}
