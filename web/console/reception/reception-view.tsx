import { useEffect, useState } from "preact/hooks";
import { Loading } from "../../ui/loading.tsx";
import { failureKind } from "../api/failure.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { useFetched } from "../use-fetched.ts";
import { ClearancePage } from "./clearance-page.tsx";
import { DayFiguresPage } from "./day-figures-page.tsx";
import { copyOf, storeCopy, storedCopy } from "./house-copy.ts";
import { HousePage } from "./house-page.tsx";
import { HouseTable } from "./house-table.tsx";
import { LendingPage } from "./lending/lending-page.tsx";
import { type PageName, pagesOf } from "./pages.ts";
import { ParkingPage } from "./parking-page.tsx";
import { ReceptionBar } from "./reception-bar.tsx";
import {
  partsOf,
  type Reception,
  ReceptionContext,
  receptionStores,
  useReception,
} from "./reception-desk.ts";
import { RECEPTION_OFFICE } from "./reception-office.ts";
import type { Incident } from "./schemas.ts";
import { ThreatScreen } from "./threat-screen.tsx";
import { TodayPage } from "./today-page.tsx";
import { usePolled } from "./use-polled.ts";
import { useScreening } from "./use-screening.ts";
import { useThreatKey } from "./use-threat-key.ts";
import { WallPage } from "./wall-page.tsx";
import "./reception.css";

const HOUSE_POLL_MS = 30_000;

/** The reception of an office: the page that an address names, with what all its pages share. */
export function ReceptionView({ page, focused }: { page: string | undefined; focused: boolean }) {
  const desk = useDesk();
  const stores = receptionStores(desk.request);
  const offices = useFetched(stores.offices, "offices");
  const people = useFetched(stores.people, "people");
  const [chosen, setChosen] = useState(() => localStorage.getItem(RECEPTION_OFFICE));
  const [screened, setScreened] = useScreening();
  const [threatened, setThreatened] = useState(false);
  const [incident, setIncident] = useState<Incident | undefined>();
  const parts = partsOf(desk);
  useThreatKey(() => setThreatened(parts.meets));

  const known = offices.data?.offices ?? [];
  const office = known.find(({ id }) => id === chosen) ?? known[0];
  if (office === undefined) {
    if (offices.error !== undefined && failureKind(offices.error) === "not-found") {
      return (
        <NotFoundPage title="Receptionen är inte din" focused={focused}>
          Ditt konto har inget att göra i receptionen.
        </NotFoundPage>
      );
    }
    return (
      <>
        <h1 class="ds-sr-only">Reception</h1>
        <FetchFailure
          failed={offices.error !== undefined}
          fetchedAt={undefined}
          busy={offices.loading}
          onRetry={() => void stores.offices.revalidate("offices")}
        />
        {offices.error === undefined ? <Loading what="Hämtar …" /> : <LastHouse />}
      </>
    );
  }
  const pages = pagesOf(parts);
  const current = page === undefined ? pages[0] : pages.find(({ name }) => name === page);
  const choose = (id: string): void => {
    localStorage.setItem(RECEPTION_OFFICE, id);
    setChosen(id);
  };
  const reception: Reception = {
    ...stores,
    office,
    parts,
    screened,
    personName: (sub) => people.data?.people.find(({ person }) => person === sub)?.name,
  };
  if (current === undefined) {
    return (
      <NotFoundPage title="Sidan är inte din" focused={focused}>
        Ditt konto har inte den sidan i receptionen.
      </NotFoundPage>
    );
  }
  return (
    <ReceptionContext.Provider value={reception}>
      {threatened && (
        <ThreatScreen incident={incident} onIncident={setIncident} onBack={() => setThreatened(false)} />
      )}
      {/* Hidden, not gone: what was being typed is there afterwards. */}
      <div hidden={threatened}>
        <ReceptionBar
          offices={known}
          pages={pages}
          current={current.name}
          undescribed={incident}
          onOffice={choose}
          onScreen={() => setScreened(!screened)}
          onThreat={() => setThreatened(true)}
        />
        {(parts.receives || parts.coordinates) && <HouseKeeper />}
        <Page key={`${current.name} ${office.id}`} name={current.name} focused={focused} />
      </div>
    </ReceptionContext.Provider>
  );
}

function Page({ name, focused }: { name: PageName; focused: boolean }) {
  switch (name) {
    case "besok":
      return <TodayPage focused={focused} />;
    case "klartecken":
      return <ClearancePage focused={focused} />;
    case "huset":
      return <HousePage focused={focused} />;
    case "tavla":
      return <WallPage />;
    case "parkering":
      return <ParkingPage focused={focused} />;
    case "utlaning":
      return <LendingPage focused={focused} />;
    case "dagen":
      return <DayFiguresPage focused={focused} />;
  }
}

/** Keeps the house list of this browser fresh, whichever page is open. */
function HouseKeeper() {
  const { house, office } = useReception();
  const { data } = usePolled(house, office.id, HOUSE_POLL_MS);
  useEffect(() => {
    if (data !== undefined) storeCopy(copyOf(office, data.inside, new Date()));
  }, [data, office]);
  return null;
}

/** The house list as it last was, where nothing else can be fetched. */
function LastHouse() {
  const copy = storedCopy(undefined, new Date());
  return copy === undefined ? null : (
    <HouseTable officeName={copy.officeName} inside={copy.inside} at={new Date(copy.at)} />
  );
}
