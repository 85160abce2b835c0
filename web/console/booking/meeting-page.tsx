import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Loading } from "../../ui/loading.tsx";
import { dateInSweden } from "../../ui/swedish-time.ts";
import { failureKind } from "../api/failure.ts";
import { BackLink, goBack } from "../back-link.tsx";
import { FetchFailure, useFetchedAt } from "../fetch-failure.tsx";
import { NotFoundPage } from "../not-found-page.tsx";
import { useFetched } from "../use-fetched.ts";
import { useKeys } from "../use-keys.ts";
import { Alternatives } from "./alternatives.tsx";
import { bookingPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { DAY_HREF, dayHref } from "./booking-route.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { MeetingFacts } from "./meeting-facts.tsx";
import { MovePanel } from "./move-panel.tsx";
import type { Booking } from "./schemas.ts";
import { SeriesSection } from "./series-section.tsx";
import { useMeetingChange } from "./use-meeting-change.ts";
import { type Basics, WithBasics } from "./with-basics.tsx";

type Props = { bookingId: string; focused: boolean };

/** One booking: what it is, and how it is moved or cancelled. */
export function MeetingPage({ bookingId, focused }: Props) {
  const { bookings } = useBookingDesk();
  const path = bookingPath(bookingId);
  const { data, error, loading } = useFetched(bookings, path);
  const fetchedAt = useFetchedAt(data);
  const href = data === undefined ? DAY_HREF : dayHref(data.office, dateInSweden(new Date(data.startsAt)));
  const back = { href, text: "dagen" };
  useKeys({ back: () => goBack(back) });
  if (error !== undefined && failureKind(error) === "not-found") {
    return (
      <NotFoundPage focused={focused} title="Bokningen finns inte">
        Bokningen finns inte eller du har inte behörighet.
      </NotFoundPage>
    );
  }
  return (
    <>
      <BackLink to={back} />
      <WithBasics title="Bokning" focused={focused}>
        {(basics) => (
          <>
            <FetchFailure
              failed={error !== undefined}
              fetchedAt={fetchedAt}
              busy={loading}
              onRetry={() => void bookings.revalidate(path)}
            />
            {data === undefined && error === undefined && <Loading what="Hämtar bokningen …" />}
            {data !== undefined && <Meeting booking={data} basics={basics} />}
          </>
        )}
      </WithBasics>
    </>
  );
}

/** What can still be moved or cancelled. */
const OPEN = ["requested", "confirmed", "unsettled"];

function Meeting({ booking, basics }: { booking: Booking; basics: Basics }) {
  const [panel, setPanel] = useState<"move" | "cancel" | undefined>();
  const { busy, no, move, cancel } = useMeetingChange(booking, basics);
  const open = OPEN.includes(booking.status) && !booking.hidden;
  const moveTo = async (office: string, startsAt: string): Promise<void> => {
    if (await move({ office, startsAt })) {
      setPanel(undefined);
      document.querySelector("h1")?.focus();
    }
  };
  return (
    <>
      <MeetingFacts booking={booking} basics={basics} />
      {open && (
        <div class="buttons actions">
          <Button
            variant="secondary"
            busy={busy}
            onClick={() => setPanel(panel === "move" ? undefined : "move")}
          >
            {panel === "move" ? "Låt tiden stå" : "Boka om"}
          </Button>
          <Button variant="secondary" busy={busy} onClick={() => setPanel("cancel")}>
            Avboka
          </Button>
        </div>
      )}
      <Alternatives
        no={no}
        today={basics.today}
        busy={busy}
        onChoose={(slot) => void moveTo(booking.office, slot.startsAt)}
      />
      {open && panel === "move" && (
        <MovePanel
          booking={booking}
          basics={basics}
          busy={busy}
          lost={no}
          onChoose={(office, slot) => void moveTo(office, slot.startsAt)}
        />
      )}
      {open && panel === "cancel" && (
        <CancelDialog
          booking={booking}
          basics={basics}
          busy={busy}
          onCancel={cancel}
          onClose={() => setPanel(undefined)}
        />
      )}
      {booking.series !== null && (
        <SeriesSection booking={booking} everyWeeks={booking.series.everyWeeks} today={basics.today} />
      )}
    </>
  );
}
