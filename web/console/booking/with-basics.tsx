import type { ComponentChildren } from "preact";
import { Loading } from "../../ui/loading.tsx";
import { PageHeading } from "../../ui/page-heading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { failureKind } from "../api/failure.ts";
import { useDesk } from "../desk.ts";
import { FetchFailure } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { useFetched } from "../use-fetched.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { createNames, type Names } from "./booking-words.ts";
import { readLastOffice } from "./last-office.ts";
import type { Agency, Office, Person } from "./schemas.ts";

/** What every view of the booking needs before it can say anything. */
export type Basics = {
  offices: readonly Office[];
  people: readonly Person[];
  agency: Agency;
  names: Names;
  today: string;
  /** The office to begin at: the last used one, else where the person sits, else the first. */
  ownOffice: string;
};

type Props = { title: string; focused: boolean; children: (basics: Basics) => ComponentChildren };

/** A view's heading, and the view itself when the offices and the people have come. */
export function WithBasics({ title, focused, children }: Props) {
  const { offices, people } = useBookingDesk();
  const { me } = useDesk();
  const places = useFetched(offices, "offices");
  const known = useFetched(people, "people");
  const error = places.error ?? known.error;
  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Bokningen är inte din">
        Ditt konto får inte boka möten. Fråga din chef om du borde få det.
      </NotFoundPage>
    );
  }
  const retry = (): void => {
    void offices.revalidate("offices");
    void people.revalidate("people");
  };
  const all = places.data?.offices;
  const staff = known.data?.people;
  const missing = all === undefined || staff === undefined;
  return (
    <>
      <PageHeading focused={focused}>{title}</PageHeading>
      <FetchFailure
        failed={error !== undefined && missing}
        fetchedAt={undefined}
        busy={places.loading || known.loading}
        onRetry={retry}
      />
      {missing && error === undefined && <Loading what="Hämtar …" />}
      {!missing &&
        children({
          offices: all,
          people: staff,
          agency: places.data?.agency ?? null,
          names: createNames(all, staff),
          today: dateInSweden(new Date()),
          ownOffice: ownOffice(all, staff, me.sub),
        })}
    </>
  );
}

function ownOffice(offices: readonly Office[], people: readonly Person[], me: string | undefined): string {
  const wanted = [readLastOffice(), people.find(({ person }) => person === me)?.office];
  const found = wanted.find((id) => offices.some((office) => office.id === id));
  return found ?? offices[0]?.id ?? "";
}
