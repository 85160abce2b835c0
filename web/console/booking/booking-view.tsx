import "./booking.css";
import { useDesk } from "../desk.ts";
import { NotFoundPage } from "../not-found-page.tsx";
import { AbsencePage } from "./absence-page.tsx";
import { BookPage } from "./book-page.tsx";
import {
  ABSENCE_HREF,
  BOOK_HREF,
  type BookingRoute,
  DAY_HREF,
  PENDING_HREF,
  parseBookingRoute,
  ROTA_HREF,
  UNSETTLED_HREF,
  WAITING_HREF,
} from "./booking-route.ts";
import { DayPage } from "./day-page.tsx";
import { MeetingPage } from "./meeting-page.tsx";
import { PendingPage } from "./pending-page.tsx";
import { RotaPage } from "./rota-page.tsx";
import { StaffingPage } from "./staffing-page.tsx";
import { UnsettledPage } from "./unsettled-page.tsx";
import { WaitingPage } from "./waiting-page.tsx";

const VIEWS: readonly (readonly [views: readonly BookingRoute["view"][], href: string, text: string])[] = [
  [["book"], BOOK_HREF, "Boka"],
  [["day", "meeting"], DAY_HREF, "Dagen"],
  [["pending"], PENDING_HREF, "Att svara på"],
  [["unsettled"], UNSETTLED_HREF, "Behöver ny tid"],
  [["waiting"], WAITING_HREF, "Väntelista"],
  [["rota"], ROTA_HREF, "Schema"],
  [["absence"], ABSENCE_HREF, "Frånvaro"],
];
/** Who plans for others; the rest are not shown the rotas. */
const PLANNERS = ["agent", "manager"];

/** The booking: its own ways, and the view that the address names. */
export function BookingView({ parts, focused }: { parts: readonly string[]; focused: boolean }) {
  const { me } = useDesk();
  const route = parseBookingRoute(parts);
  const plans = me.roles.some((role) => PLANNERS.includes(role));
  return (
    <>
      <nav class="booking-ways" aria-label="Bokning">
        {VIEWS.filter(([views]) => plans || !views.includes("rota")).map(([views, href, text]) => (
          <a
            key={href}
            class="ds-link"
            href={href}
            aria-current={views.includes(route.view) ? "page" : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      <div class="booking">
        <RoutedView route={route} focused={focused} />
      </div>
    </>
  );
}

function RoutedView({ route, focused }: { route: BookingRoute; focused: boolean }) {
  switch (route.view) {
    case "book":
      return <BookPage key={route.caseId} caseId={route.caseId} focused={focused} />;
    case "day":
      return <DayPage office={route.office} date={route.date} focused={focused} />;
    case "meeting":
      return <MeetingPage key={route.bookingId} bookingId={route.bookingId} focused={focused} />;
    case "pending":
      return <PendingPage focused={focused} />;
    case "unsettled":
      return <UnsettledPage focused={focused} />;
    case "waiting":
      return <WaitingPage focused={focused} />;
    case "rota":
      return <RotaPage office={route.office} focused={focused} />;
    case "staffing":
      return <StaffingPage office={route.office} focused={focused} />;
    case "absence":
      return <AbsencePage focused={focused} />;
    case "unknown":
      return (
        <NotFoundPage title="Sidan finns inte" focused={focused}>
          Adressen leder inte till någon sida här.
        </NotFoundPage>
      );
  }
}
