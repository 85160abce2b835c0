import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { type Booking, isOpen } from "../book/booking.ts";
import { findParty } from "../book/booking-table.ts";
import { calendarFile } from "../book/calendar-file.ts";
import { channelOf } from "../book/channel.ts";
import type { BookingService, Wish } from "../book/offer.ts";
import { serviceOfBooking } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { listPeople } from "../people/people-table.ts";
import { around, busy, calendarDownload, type HttpResult, notFound, page, see } from "./answer.tsx";
import { cancelOwn, moveOwn } from "./change-own.ts";
import { nearestTimes, placesOf, timesAddress, whyNotHad } from "./choose.tsx";
import { freeWeek, languagesOf } from "./free-week.ts";
import { confirmHold } from "./hold-time.ts";
import { bookingOfLink, pathInLine } from "./own-link.ts";
import { CancelPage, ExpiredPage, OwnBookingPage, PartyPage, type ShownBooking } from "./own-views.tsx";
import { ownWish } from "./own-wish.ts";
import { type Fault, partyIn, type Typed } from "./party-form.ts";
import { dateIn, type PageRequest, timeIn, typedFields, typedIn, wishIn } from "./request.ts";
import { TimesPage, type TimesProps, wishFields } from "./times-view.tsx";

/** A booking that was opened by its link. */
type Own = { booking: Booking; service: BookingService; action: string };

/** `/b/m/<token>` and below it: a citizen's booking from the hold on. Whoever has the link may. */
export async function ownPages(request: PageRequest, now: Date): Promise<HttpResult> {
  const [, token = "", act, ...more] = request.path;
  const booking = await bookingOfLink(token);
  const service = booking === undefined ? undefined : serviceOfBooking(booking);
  if (booking === undefined || service === undefined || more.length > 0) return notFound();
  const own: Own = { booking, service, action: `/b/m/${token}` };
  switch (`${request.posted ? "POST" : "GET"} ${act ?? ""}`) {
    case "GET ":
      return await show(request, own, now);
    case "POST ":
      return await confirm(request, own, now);
    case "POST slapp":
      return await letGo(own, now);
    case "GET flytta":
      return await chooseAgain(request, own, now);
    case "POST flytta":
      return await moveIt(request, own, now);
    case "GET avboka":
      return mayChange(own, now)
        ? page(200, <CancelPage around={around()} booking={await shown(own)} action={own.action} />)
        : see(own.action);
    case "POST avboka":
      return await giveBack(own, now);
    case "GET kalender.ics":
      return mayChange(own, now)
        ? calendarDownload(calendarFile(booking, service, { method: "PUBLISH", at: now }))
        : see(own.action);
    default:
      return notFound();
  }
}

/** Whether it can still be moved and cancelled: until it begins. */
function mayChange({ booking }: Own, now: Date): boolean {
  return isOpen(booking) && booking.startsAt > now.toISOString();
}

/** Seats in a meeting for a group are given back, and taken in another. */
function mayMove(own: Own, now: Date): boolean {
  return mayChange(own, now) && own.booking.session === undefined;
}

const isOut = ({ heldUntil }: Booking, now: Date) => heldUntil !== null && heldUntil < now.toISOString();
const nothingTyped: Typed = { name: "", email: "", phone: "" };

async function show({ query }: PageRequest, own: Own, now: Date): Promise<HttpResult> {
  const { booking, action } = own;
  if (booking.status === "held")
    return isOut(booking, now)
      ? await expired(own, new URLSearchParams(), 200, now)
      : await askWho(own, nothingTyped, []);
  const link = `${municipality().citizenPages.url}${action}`;
  const props = {
    around: around(),
    booking: await shown(own),
    action,
    link,
    open: mayChange(own, now),
    otherGroups: booking.session === undefined ? undefined : `/b/${own.service.id}/${booking.office}`,
  };
  const news = newsIn(query);
  // Who comes is read only for whoever has booked a moment ago.
  const party = news === undefined ? undefined : await findParty(pagesEnv().BOOKING_TABLE, booking.bookingId);
  const toldBy = party === undefined ? undefined : channelOf(party)?.kind;
  return page(200, <OwnBookingPage {...props} news={news} toldBy={toldBy} />);
}

function newsIn(query: URLSearchParams): "booked" | "moved" | undefined {
  if (query.has("bokad")) return "booked";
  return query.has("flyttad") ? "moved" : undefined;
}

async function askWho(own: Own, typed: Typed, faults: readonly Fault[]): Promise<HttpResult> {
  const { booking, action } = own;
  const heldUntil = new Date(booking.heldUntil ?? booking.createdAt);
  const props = {
    around: around(),
    booking: await shown(own),
    heldUntil,
    action,
    typed,
    faults,
    texts: textsAreSent(),
  };
  return page(faults.length === 0 ? 200 : 422, <PartyPage {...props} />);
}

const textsAreSent = () => municipality().booking.textMessages !== undefined;

async function confirm({ form }: PageRequest, own: Own, now: Date): Promise<HttpResult> {
  const { booking, service, action } = own;
  if (booking.status !== "held") return see(action);
  if (isOut(booking, now)) return await expired(own, form, 409, now);
  const typed = typedIn(form);
  const known = partyIn(typed);
  if ("faults" in known) return await askWho(own, typed, known.faults);
  const outcome = await confirmHold(booking, { service, party: known.party }, now);
  log("HOLD_CONFIRMED", {
    bookingId: booking.bookingId,
    outcome: isRefused(outcome) ? outcome.refused : "done",
  });
  if (!isRefused(outcome)) return see(`${action}?bokad`);
  if (outcome.refused === "hold-expired") return await expired(own, form, 409, now);
  return outcome.refused === "busy" ? busy(action) : see(action);
}

/** The hold ran out: the nearest times, the same one among them if it still is free, and what was typed goes along. */
async function expired(own: Own, form: URLSearchParams, status: number, now: Date): Promise<HttpResult> {
  const { booking, service } = own;
  const inLine = await pathInLine(booking);
  if (service.visibility === "secret" && inLine === undefined) return notFound();
  const [wish, start] = [ownWish(booking), new Date(booking.startsAt)];
  const nearest =
    booking.session === undefined
      ? await nearestTimes({ service, office: booking.office, start, wish }, now)
      : [];
  const props = {
    around: around(),
    action: inLine ?? `/b/${service.id}/${booking.office}`,
    hidden: [["form", newId()] as const, ...typedFields(form), ...wishFields(wish)],
    nearest,
    back: inLine ?? timesAddress(service.id, booking.office, wish, localDate(start)),
  };
  return page(status, <ExpiredPage {...props} />);
}

/** Lets a hold go, for somebody who would rather have another time. */
async function letGo(own: Own, now: Date): Promise<HttpResult> {
  const { booking, service, action } = own;
  if (booking.status !== "held" && booking.status !== "cancelled") return see(action);
  const inLine = await pathInLine(booking);
  if (service.visibility === "secret" && inLine === undefined) return notFound();
  if (booking.status === "held") {
    const outcome = await cancelOwn(booking, service, now);
    if (isRefused(outcome) && outcome.refused === "wrong-status") return see(action);
    if (isRefused(outcome) && outcome.refused === "busy") return busy(action);
  }
  const from = localDate(new Date(booking.startsAt));
  return see(inLine ?? timesAddress(service.id, booking.office, ownWish(booking), from));
}

/** What is asked for when a booking is moved; before anything is chosen, the same as it is. */
function movingTo(fields: URLSearchParams, { booking, service }: Own): { office: string; wish: Wish } {
  const office = fields.get("plats");
  if (office === null) return { office: booking.office, wish: ownWish(booking) };
  const known = placesOf(service).some(({ id }) => id === office);
  return {
    office: known ? office : booking.office,
    wish: { ...wishIn(fields), seats: booking.seats },
  };
}

async function chooseAgain({ query }: PageRequest, own: Own, now: Date): Promise<HttpResult> {
  if (!mayMove(own, now)) return see(own.action);
  const to = movingTo(query, own);
  const from = dateIn(query);
  return page(200, <TimesPage {...(await timesFor(own, { ...to, from }, now))} />);
}

async function timesFor(
  { booking, service, action }: Own,
  { office, wish, from }: { office: string; wish: Wish; from: string | undefined },
  now: Date,
): Promise<TimesProps> {
  const where = { service, office };
  const [week, spoken] = await Promise.all([freeWeek(where, { from, wish }, now), languagesOf(where)]);
  const place = placesOf(service).find(({ id }) => id === office)?.name ?? office;
  return {
    around: around(),
    heading: "Välj en ny tid",
    lead: `Du har kvar din tid tills du har valt en ny. Plats: ${place}.`,
    action: `${action}/flytta`,
    hidden: [["version", String(booking.version)]],
    wish,
    ...spoken,
    office,
    places: placesOf(service),
    ...week,
    line: { href: `${action}/ko`, text: "Ställ dig i kö för en tidigare tid" },
    back: { href: action, text: "Behåll tiden" },
  };
}

async function moveIt({ form }: PageRequest, own: Own, now: Date): Promise<HttpResult> {
  const { booking, service, action } = own;
  const start = timeIn(form);
  const { office, wish } = movingTo(form, own);
  if (start === undefined) return see(`${action}/flytta`);
  // The same form once more.
  if (booking.startsAt === start.toISOString() && booking.office === office) return see(`${action}?flyttad`);
  if (!mayMove(own, now)) return see(action);
  const again = async (text: string, near: boolean) => {
    const nearest = near ? await nearestTimes({ service, office, start, wish }, now) : [];
    const props = await timesFor(own, { office, wish, from: localDate(start) }, now);
    return page(409, <TimesPage {...props} refused={{ text, nearest }} />);
  };
  const changedMeanwhile = "Bokningen har ändrats sedan du öppnade sidan. Välj tid igen";
  if (form.get("version") !== String(booking.version)) return await again(changedMeanwhile, false);
  if (start.getTime() % (municipality().booking.gridMinutes * 60_000) !== 0)
    return await again(whyNotHad("outside-hours"), true);
  const outcome = await moveOwn(booking, service, { office, start, wish }, now);
  const code = isRefused(outcome) ? outcome.refused : undefined;
  log("OWN_BOOKING_MOVED", { bookingId: booking.bookingId, outcome: code ?? "done" });
  switch (code) {
    case undefined:
      return see(`${action}?flyttad`);
    case "busy":
      return busy(`${action}/flytta`);
    case "taken":
    case "outside-hours":
    case "too-soon":
    case "too-far-away":
      return await again(whyNotHad(code), true);
    default:
      // Somebody else was first: the page shows what stands.
      return see(action);
  }
}

async function giveBack(own: Own, now: Date): Promise<HttpResult> {
  const { booking, service, action } = own;
  if (!mayChange(own, now)) return see(action);
  const outcome = await cancelOwn(booking, service, now);
  const code = isRefused(outcome) ? outcome.refused : "done";
  log("OWN_BOOKING_CANCELLED", { bookingId: booking.bookingId, outcome: code });
  return code === "busy" ? busy(action) : see(action);
}

async function shown({ booking, service }: Own): Promise<ShownBooking> {
  const secret = service.visibility === "secret";
  const place = municipality().places.find(({ id }) => id === booking.office);
  const room = secret ? undefined : place?.rooms.find(({ id }) => id === booking.room)?.name;
  const people =
    secret || booking.person === null || booking.status === "held"
      ? []
      : await listPeople(pagesEnv().BOOKING_TABLE);
  return {
    status: booking.status,
    start: new Date(booking.startsAt),
    end: new Date(booking.endsAt),
    place: [place?.name ?? booking.office, ...(room === undefined ? [] : [room])].join(", "),
    service: secret ? undefined : service.name,
    seats: booking.seats,
    interpreter: booking.interpreter?.language,
    host: people.find(({ person }) => person === booking.person)?.name,
    prepare: secret ? [] : service.prepare,
  };
}
