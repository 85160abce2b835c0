import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { findBooking } from "../book/booking-table.ts";
import type { BookingService, Slot } from "../book/offer.ts";
import { serviceOf, serviceOfBooking, timesBetween } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { suits, type Waiting } from "../waiting/waiting.ts";
import { finishWaiting } from "../waiting/waiting-table.ts";
import { wishOfWaiting } from "../waiting/wish.ts";
import { around, busy, type HttpResult, notFound, page, see } from "./answer.tsx";
import { moveOwn } from "./change-own.ts";
import { whyNotHad } from "./choose.tsx";
import { holdTime } from "./hold-time.ts";
import { OwnLinePage } from "./line-views.tsx";
import { pathOf, waitingOfLink } from "./own-link.ts";
import { clientOf, keyIn, type PageRequest, timeIn } from "./request.ts";

/** A place in line that was opened by its link. */
type Own = { waiting: Waiting; service: BookingService; action: string };

/** So many of the free times are shown, the soonest. */
const mostTimes = 40;

/** `/b/k/<token>` and below it: the page of somebody in line. Whoever has the link may book by it, and leave. */
export async function ownLinePages(request: PageRequest, now: Date): Promise<HttpResult> {
  const [, token = "", act, ...more] = request.path;
  const waiting = await waitingOfLink(token);
  const service = waiting === undefined ? undefined : serviceOf(waiting.service);
  if (waiting === undefined || service === undefined || more.length > 0) return notFound();
  const own: Own = { waiting, service, action: `/b/k/${token}` };
  switch (`${request.posted ? "POST" : "GET"} ${act ?? ""}`) {
    case "GET ":
      return await show(own, { status: 200, news: request.query.has("i-ko") }, now);
    case "POST ":
      return await takeTime(request, own, now);
    case "POST lamna":
      await finishWaiting(pagesEnv().BOOKING_TABLE, waiting.waitingId, "left", now);
      log("LINE_LEFT", { waitingId: waiting.waitingId });
      return see(own.action);
    default:
      return notFound();
  }
}

async function show(
  own: Own,
  { status, news = false, refused }: { status: number; news?: boolean; refused?: string },
  now: Date,
): Promise<HttpResult> {
  const { waiting, service, action } = own;
  const place = municipality().places.find(({ id }) => id === waiting.office)?.name ?? waiting.office;
  const times = waiting.status === "waiting" ? await freeTimesFor(own, now) : [];
  const props = {
    around: around(),
    waiting,
    about: service.visibility === "secret" ? place : `${service.name}, ${place}`,
    action,
    formKey: newId(),
    times: times.slice(0, mostTimes),
    more: Math.max(0, times.length - mostTimes),
    news,
    refused,
  };
  return page(status, <OwnLinePage {...props} />);
}

/** What is free to the public now of what they wait for. */
async function freeTimesFor({ waiting, service }: Own, now: Date): Promise<readonly Slot[]> {
  const { BOOKING_TABLE } = pagesEnv();
  const { from, to, office, bookingId } = waiting;
  const today = localDate(now);
  const booking = bookingId === null ? undefined : await findBooking(BOOKING_TABLE, bookingId);
  const asked = { from: from < today ? today : from, to, wish: wishOfWaiting(waiting), internal: false, now };
  const times = await timesBetween(BOOKING_TABLE, { service, office }, asked);
  return times.filter((time) => suits(waiting, time, booking?.startsAt));
}

/** Holds the time as whoever found it free would, or moves the booking that they want earlier. */
async function takeTime({ form, address }: PageRequest, own: Own, now: Date): Promise<HttpResult> {
  const { waiting, service, action } = own;
  const [start, key] = [timeIn(form), keyIn(form)];
  if (waiting.status !== "waiting" || start === undefined || key === undefined) return see(action);
  const { office, waitingId, bookingId } = waiting;
  const wish = wishOfWaiting(waiting);
  if (bookingId !== null) return await moveEarlier(own, bookingId, start, now);
  const asked = { service, office, start, wish, key, client: clientOf(address), waitingId };
  const held = await holdTime(asked, now);
  log("LINE_HOLD", { waitingId, outcome: isRefused(held) ? held.refused : "held" });
  if (!isRefused(held)) return see(await pathOf(held));
  if (held.refused === "busy") return busy(action);
  const { holdMinutes } = municipality().booking;
  const text =
    held.refused === "too-many-holds"
      ? `Du har redan tider som väntar på att du bokar dem. Vänta ${holdMinutes} minuter`
      : whyNotHad(held.refused);
  return await show(own, { status: held.refused === "too-many-holds" ? 429 : 409, refused: text }, now);
}

async function moveEarlier(own: Own, bookingId: string, start: Date, now: Date): Promise<HttpResult> {
  const { waiting, action } = own;
  const booking = await findBooking(pagesEnv().BOOKING_TABLE, bookingId);
  const service = booking === undefined ? undefined : serviceOfBooking(booking);
  if (booking === undefined || service === undefined) return see(action);
  if (start.getTime() % (municipality().booking.gridMinutes * 60_000) !== 0) return see(action);
  const to = { office: waiting.office, start, wish: wishOfWaiting(waiting), waitingId: waiting.waitingId };
  const outcome = await moveOwn(booking, service, to, now);
  const code = isRefused(outcome) ? outcome.refused : undefined;
  log("LINE_MOVED", { waitingId: waiting.waitingId, outcome: code ?? "done" });
  switch (code) {
    case undefined:
      return see(`${await pathOf(booking)}?flyttad`);
    case "busy":
      return busy(action);
    case "taken":
    case "outside-hours":
    case "too-soon":
    case "too-far-away":
      return await show(own, { status: 409, refused: whyNotHad(code) }, now);
    default:
      // It has been moved or cancelled meanwhile: its own page says which.
      return see(await pathOf(booking));
  }
}
