import { apiHandler, type Route } from "#shared/http.ts";
import { findStaff } from "#shared/staff.ts";
import type { TakeRefusal } from "./book/booking.ts";
import { cancelBooking } from "./book/cancel-booking.ts";
import { cancelFollowing } from "./book/cancel-following.ts";
import { confirmBooking } from "./book/confirm-booking.ts";
import { approveBooking, declineBooking } from "./book/decide-booking.ts";
import { listDay } from "./book/list-day.ts";
import { listFreeTimes } from "./book/list-free-times.ts";
import { listPending } from "./book/list-pending.ts";
import { listSeries } from "./book/list-series.ts";
import { listSessions } from "./book/list-sessions.ts";
import { listUnsettled } from "./book/list-unsettled.ts";
import { makeBooking } from "./book/make-booking.ts";
import { makeSeries } from "./book/make-series.ts";
import { moveBooking } from "./book/move-booking.ts";
import { noteInterpreterOrdered } from "./book/note-interpreter.ts";
import { showBooking } from "./book/show-booking.ts";
import { apiEnv } from "./env.ts";
import { extendLoan } from "./lending/extend-loan.ts";
import { showItemHistory } from "./lending/item-history.ts";
import { lendItem } from "./lending/lend-item.ts";
import { listItems } from "./lending/list-items.ts";
import { returnLoan } from "./lending/return-loan.ts";
import { undoReturn } from "./lending/undo-return.ts";
import { approveShifts, checkDraft, listOfficeRotas, publishRota, saveDraft } from "./offices/change-rota.ts";
import { closeRoom, listRoomClosures, openRoom } from "./offices/close-room.ts";
import { listOfficeGuestSessions, saveOfficeGuestSession } from "./offices/guest-sessions.ts";
import { listDays } from "./offices/list-days.ts";
import { listOffices } from "./offices/list-offices.ts";
import { saveOpeningException } from "./offices/save-exception.ts";
import { showStaffing, solveStaffing } from "./offices/staffing.ts";
import { addAbsence, endAbsence, listPersonAbsences } from "./people/change-absence.ts";
import { endFeed, makeFeed, showFeed } from "./people/change-feed.ts";
import { listBookable, savePersonProfile } from "./people/profiles.ts";
import { callNext } from "./reception/call-next.ts";
import {
  callAgain,
  callHost,
  checkOut,
  closeVisit,
  giveClearance,
  handVisitorBack,
  noteFetched,
  noteGone,
  noteHandIn,
  receiveVisitor,
  sendVisitorUp,
  turnVisitorAway,
  undoCheckIn,
} from "./reception/change-visit.ts";
import { checkIn } from "./reception/check-in.ts";
import { listHouse } from "./reception/list-house.ts";
import { listParking } from "./reception/list-parking.ts";
import { listToday } from "./reception/list-today.ts";
import { listIncidents, noteIncident, raiseIncident } from "./reception/raise-incident.ts";
import { showAlerts } from "./reception/show-alerts.ts";
import { showFigures } from "./reception/show-figures.ts";
import { showWall } from "./reception/show-wall.ts";
import { addWaiting } from "./waiting/add-waiting.ts";
import { removeFromLine, restoreToLine } from "./waiting/change-waiting.ts";
import { listWaiting } from "./waiting/list-waiting.ts";

type Code =
  | "not-found"
  | "changed"
  | "there-already"
  | "other-wish"
  | "busy"
  | "too-many-days"
  | "too-many-waiting"
  | "wrong-status"
  | "hold-expired"
  | "has-begun"
  | "has-guests"
  | "length-is-given"
  | "breaks-promise"
  | "date-passed"
  | "no-such-unit"
  | "no-such-service"
  | "host-not-allowed"
  | "not-your-unit"
  | TakeRefusal
  | ReceptionCode
  | LendingCode;

type ReceptionCode =
  | "not-cleared"
  | "badge-taken"
  | "arrived-already"
  | "other-day"
  | "other-office"
  | "no-such-floor"
  | "nobody-waits"
  | "not-forgotten";

type LendingCode =
  | "item-out"
  | "other-room"
  | "hire-over"
  | "not-open"
  | "due-passed"
  | "not-later"
  | "too-late";

const bookers = ["agent", "receptionist", "officer", "floorCoordinator", "manager"] as const;

const reception = ["receptionist", "agent"] as const;
const floors = [...reception, "floorCoordinator"] as const;
const hosts = [...floors, "officer"] as const;
const visits = "/booking/reception/{office}/days/{date}/visits/{number}";

/** What can be asked of the reception. A visit that is not theirs is not there for a coordinator or an officer. */
const receptionRoutes: readonly Route<Code>[] = [
  { method: "GET", path: "/booking/reception/{office}/today", allow: hosts, endpoint: listToday },
  { method: "GET", path: "/booking/reception/{office}/house", allow: floors, endpoint: listHouse },
  { method: "GET", path: "/booking/reception/{office}/parking", allow: reception, endpoint: listParking },
  { method: "GET", path: "/booking/reception/{office}/wall", allow: reception, endpoint: showWall },
  {
    method: "GET",
    path: "/booking/reception/{office}/days/{date}/figures",
    allow: ["manager"],
    endpoint: showFigures,
  },
  {
    method: "POST",
    path: "/booking/reception/{office}/visits",
    allow: reception,
    endpoint: checkIn,
    success: 201,
  },
  { method: "POST", path: "/booking/reception/{office}/call-next", allow: floors, endpoint: callNext },
  {
    method: "POST",
    path: "/booking/reception/{office}/incidents",
    allow: hosts,
    endpoint: raiseIncident,
    success: 201,
  },
  {
    method: "GET",
    path: "/booking/reception/{office}/incidents",
    allow: ["manager"],
    endpoint: listIncidents,
  },
  {
    method: "POST",
    path: "/booking/reception/{office}/incidents/{incidentId}/note",
    allow: hosts,
    endpoint: noteIncident,
  },
  { method: "POST", path: `${visits}/call`, allow: floors, endpoint: callHost },
  { method: "POST", path: `${visits}/call-again`, allow: floors, endpoint: callAgain },
  { method: "POST", path: `${visits}/clear`, allow: ["floorCoordinator"], endpoint: giveClearance },
  { method: "POST", path: `${visits}/send-up`, allow: reception, endpoint: sendVisitorUp },
  { method: "POST", path: `${visits}/fetched`, allow: hosts, endpoint: noteFetched },
  { method: "POST", path: `${visits}/receive`, allow: hosts, endpoint: receiveVisitor },
  { method: "POST", path: `${visits}/hand-back`, allow: hosts, endpoint: handVisitorBack },
  { method: "POST", path: `${visits}/hand-in`, allow: floors, endpoint: noteHandIn },
  { method: "POST", path: `${visits}/turn-away`, allow: hosts, endpoint: turnVisitorAway },
  { method: "POST", path: `${visits}/gone`, allow: reception, endpoint: noteGone },
  { method: "POST", path: `${visits}/undo`, allow: reception, endpoint: undoCheckIn },
  { method: "POST", path: `${visits}/check-out`, allow: reception, endpoint: checkOut },
  { method: "POST", path: `${visits}/close`, allow: reception, endpoint: closeVisit },
];
const lending = "/booking/lending/{office}";
const loans = `${lending}/loans/{loanId}`;

/** What can be asked of what is lent over the desk. */
const lendingRoutes: readonly Route<Code>[] = [
  { method: "GET", path: `${lending}/items`, allow: [...reception, "manager"], endpoint: listItems },
  {
    method: "GET",
    path: `${lending}/items/{item}/loans`,
    allow: [...reception, "manager"],
    endpoint: showItemHistory,
  },
  { method: "POST", path: `${lending}/loans`, allow: reception, endpoint: lendItem, success: 201 },
  { method: "POST", path: `${loans}/extend`, allow: reception, endpoint: extendLoan },
  { method: "POST", path: `${loans}/return`, allow: reception, endpoint: returnLoan },
  { method: "POST", path: `${loans}/undo-return`, allow: reception, endpoint: undoReturn },
];
/** Who must know at once that something is wrong at an office. */
const watchers = ["receptionist", "agent", "manager"] as const;
const planners = ["agent", "manager"] as const;

/** What can be asked of this service, and by whom. */
export const routes: readonly Route<Code>[] = [
  { method: "GET", path: "/booking/free-times", allow: bookers, endpoint: listFreeTimes },
  { method: "GET", path: "/booking/offices/{office}/days/{date}", allow: bookers, endpoint: listDay },
  { method: "GET", path: "/booking/sessions", allow: bookers, endpoint: listSessions },
  { method: "POST", path: "/booking/bookings", allow: bookers, endpoint: makeBooking, success: 201 },
  { method: "GET", path: "/booking/bookings/{bookingId}", allow: bookers, endpoint: showBooking },
  { method: "POST", path: "/booking/bookings/{bookingId}/confirm", allow: bookers, endpoint: confirmBooking },
  { method: "POST", path: "/booking/bookings/{bookingId}/move", allow: bookers, endpoint: moveBooking },
  { method: "POST", path: "/booking/bookings/{bookingId}/cancel", allow: bookers, endpoint: cancelBooking },
  {
    method: "POST",
    path: "/booking/bookings/{bookingId}/cancel-following",
    allow: bookers,
    endpoint: cancelFollowing,
  },
  { method: "POST", path: "/booking/bookings/{bookingId}/approve", allow: bookers, endpoint: approveBooking },
  { method: "POST", path: "/booking/bookings/{bookingId}/decline", allow: bookers, endpoint: declineBooking },
  {
    method: "POST",
    path: "/booking/bookings/{bookingId}/interpreter",
    allow: bookers,
    endpoint: noteInterpreterOrdered,
  },
  { method: "GET", path: "/booking/bookings/{bookingId}/series", allow: bookers, endpoint: listSeries },
  { method: "POST", path: "/booking/series", allow: bookers, endpoint: makeSeries },
  { method: "GET", path: "/booking/pending", allow: bookers, endpoint: listPending },
  ...receptionRoutes,
  ...lendingRoutes,
  { method: "GET", path: "/booking/offices", allow: bookers, endpoint: listOffices },
  { method: "GET", path: "/booking/offices/{office}/days", allow: bookers, endpoint: listDays },
  { method: "GET", path: "/booking/offices/{office}/rotas", allow: planners, endpoint: listOfficeRotas },
  { method: "PUT", path: "/booking/offices/{office}/rotas/{rotaId}", allow: planners, endpoint: saveDraft },
  {
    method: "POST",
    path: "/booking/offices/{office}/rotas/{rotaId}/check",
    allow: planners,
    endpoint: checkDraft,
  },
  {
    method: "POST",
    path: "/booking/offices/{office}/rotas/{rotaId}/approve",
    allow: ["manager"],
    endpoint: approveShifts,
  },
  {
    method: "POST",
    path: "/booking/offices/{office}/rotas/{rotaId}/publish",
    allow: ["manager"],
    endpoint: publishRota,
  },
  {
    method: "PUT",
    path: "/booking/offices/{office}/exceptions/{date}",
    allow: ["manager"],
    endpoint: saveOpeningException,
  },
  {
    method: "GET",
    path: "/booking/offices/{office}/guest-sessions",
    allow: bookers,
    endpoint: listOfficeGuestSessions,
  },
  {
    method: "PUT",
    path: "/booking/offices/{office}/guest-sessions/{date}/{service}",
    allow: planners,
    endpoint: saveOfficeGuestSession,
  },
  {
    method: "GET",
    path: "/booking/offices/{office}/room-closures",
    allow: bookers,
    endpoint: listRoomClosures,
  },
  {
    method: "POST",
    path: "/booking/offices/{office}/rooms/{room}/closures",
    allow: planners,
    endpoint: closeRoom,
  },
  {
    method: "POST",
    path: "/booking/offices/{office}/room-closures/{closureId}/end",
    allow: planners,
    endpoint: openRoom,
  },
  { method: "GET", path: "/booking/people", allow: bookers, endpoint: listBookable },
  {
    method: "PUT",
    path: "/booking/people/{person}",
    allow: ["manager", "administrator"],
    endpoint: savePersonProfile,
  },
  { method: "GET", path: "/booking/people/{person}/absences", allow: bookers, endpoint: listPersonAbsences },
  { method: "POST", path: "/booking/people/{person}/absences", allow: bookers, endpoint: addAbsence },
  {
    method: "POST",
    path: "/booking/people/{person}/absences/{absenceId}/end",
    allow: bookers,
    endpoint: endAbsence,
  },
  { method: "GET", path: "/booking/people/{person}/feed", allow: bookers, endpoint: showFeed },
  { method: "POST", path: "/booking/people/{person}/feed", allow: bookers, endpoint: makeFeed, success: 201 },
  { method: "POST", path: "/booking/people/{person}/feed/end", allow: bookers, endpoint: endFeed },
  { method: "GET", path: "/booking/unsettled", allow: bookers, endpoint: listUnsettled },
  { method: "GET", path: "/booking/alerts", allow: watchers, endpoint: showAlerts },
  { method: "GET", path: "/booking/offices/{office}/staffing", allow: watchers, endpoint: showStaffing },
  {
    method: "POST",
    path: "/booking/offices/{office}/staffing/solve",
    allow: watchers,
    endpoint: solveStaffing,
  },
  { method: "GET", path: "/booking/waiting", allow: bookers, endpoint: listWaiting },
  { method: "POST", path: "/booking/waiting", allow: bookers, endpoint: addWaiting, success: 201 },
  { method: "POST", path: "/booking/waiting/{waitingId}/remove", allow: bookers, endpoint: removeFromLine },
  { method: "POST", path: "/booking/waiting/{waitingId}/restore", allow: bookers, endpoint: restoreToLine },
];

export const handler = apiHandler<Code>({
  routes,
  statusOf: {
    "not-found": 404,
    changed: 409,
    "there-already": 409,
    taken: 409,
    "outside-hours": 409,
    "wrong-status": 409,
    "hold-expired": 409,
    "has-begun": 409,
    "has-guests": 409,
    "not-cleared": 409,
    "badge-taken": 409,
    "arrived-already": 409,
    "other-day": 409,
    "other-office": 409,
    "nobody-waits": 409,
    "not-forgotten": 409,
    "item-out": 409,
    "hire-over": 409,
    "too-late": 409,
    "not-later": 409,
    "other-room": 422,
    "not-open": 422,
    "due-passed": 422,
    "no-such-floor": 422,
    "breaks-promise": 422,
    "date-passed": 422,
    "no-such-unit": 422,
    "no-such-service": 422,
    "host-not-allowed": 422,
    "which-interpreter": 422,
    "not-your-unit": 403,
    "length-is-given": 422,
    "other-wish": 422,
    "too-soon": 422,
    "too-far-away": 422,
    "too-many-days": 422,
    "too-many-waiting": 422,
    busy: 503,
  },
  findCaller: (sub, now) => findStaff(apiEnv().STAFF_TABLE, sub, now),
});
