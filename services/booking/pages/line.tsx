import { municipality } from "#shared/config.ts";
import { newId, shortHash } from "#shared/ids.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import { type Booking, isOpen } from "../book/booking.ts";
import type { Wish } from "../book/offer.ts";
import { roomsOf, serviceOfBooking, type Where } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { getInLine } from "../waiting/get-in-line.ts";
import { longestWaitDays } from "../waiting/waiting.ts";
import { around, busy, type HttpResult, notFound, page, see } from "./answer.tsx";
import { HindrancePage } from "./choice-views.tsx";
import { openService, placesOf } from "./choose.tsx";
import { languagesOf } from "./free-week.ts";
import { clientLedger } from "./hold-time.ts";
import { type TypedWait, type WaitFault, waitIn } from "./line-form.ts";
import { LineFormPage } from "./line-views.tsx";
import { bookingOfLink, pathOfWaiting } from "./own-link.ts";
import { ownWish } from "./own-wish.ts";
import { clientOf, dateIn, keyIn, type PageRequest, wishIn } from "./request.ts";
import { plusDays } from "./week.ts";

/** For what somebody gets in line; `earlier`: than this booking of theirs. */
type Line = Where & { earlier: Booking | undefined; action: string; back: string };

/** Days that the form proposes. */
const proposedDays = 27;

/** `/b/<service>/<place>/ko` and `/b/m/<token>/ko`: getting in line for a time, or for an earlier one than what is booked. */
export async function linePages(request: PageRequest, now: Date): Promise<HttpResult> {
  const line = await lineOf(request, now);
  if (line === undefined) return notFound();
  return request.posted ? await join(request, line, now) : await ask(request, line, now);
}

async function lineOf({ path }: PageRequest, now: Date): Promise<Line | undefined> {
  const [first = "", second = "", , ...more] = path;
  if (more.length > 0) return undefined;
  const back = `/b/${first}/${second}`;
  const action = `${back}/ko`;
  if (first !== "m") {
    const service = openService(first);
    // To a meeting for a group there is no line.
    const there = service?.seats === 1 && placesOf(service).some(({ id }) => id === second);
    return there ? { service, office: second, earlier: undefined, action, back } : undefined;
  }
  const earlier = await bookingOfLink(second);
  const service = earlier === undefined ? undefined : serviceOfBooking(earlier);
  const open =
    earlier !== undefined &&
    isOpen(earlier) &&
    earlier.session === undefined &&
    earlier.startsAt > now.toISOString();
  return open && service !== undefined
    ? { service, office: earlier.office, earlier, action, back }
    : undefined;
}

async function ask({ query }: PageRequest, line: Line, now: Date): Promise<HttpResult> {
  const today = localDate(now);
  const from = line.earlier === undefined ? (dateIn(query) ?? today) : today;
  const to =
    line.earlier === undefined ? plusDays(from, proposedDays) : localDate(new Date(line.earlier.startsAt));
  const typed = { from, to, part: "", seats: String(line.earlier?.seats ?? 1), email: "" };
  const wish = line.earlier === undefined ? wishIn(query) : ownWish(line.earlier);
  return await form(line, { typed, wish, formKey: newId(), faults: [] }, now);
}

type Asked = { typed: TypedWait; wish: Wish; formKey: string; faults: readonly WaitFault[] };

async function form(line: Line, { faults, ...asked }: Asked, now: Date): Promise<HttpResult> {
  const { service, office, earlier, action, back } = line;
  const place = municipality().places.find(({ id }) => id === office)?.name ?? office;
  const props = {
    around: around(),
    earlier: earlier !== undefined,
    about: service.visibility === "secret" ? place : `${service.name}, ${place}`,
    action,
    back,
    ...(await languagesOf(line)),
    today: localDate(now),
    last: plusDays(localDate(now), longestWaitDays),
    seats: earlier === undefined ? mostSeats(line) : 1,
    faults,
    ...asked,
  };
  return page(faults.length === 0 ? 200 : 422, <LineFormPage {...props} />);
}

/** How many can come: as the largest room has seats for. */
function mostSeats({ service, office }: Where): number {
  const fit = roomsOf(office).filter(({ kind }) => kind === service.needs.room);
  return Math.max(1, ...fit.map(({ seats }) => seats));
}

async function join({ form: fields, address }: PageRequest, line: Line, now: Date): Promise<HttpResult> {
  const typedIn = (name: string) => (fields.get(name) ?? "").trim();
  const typed = {
    from: typedIn("fran"),
    to: typedIn("till"),
    part: typedIn("del"),
    seats: typedIn("antal") || "1",
    email: typedIn("epost"),
  };
  const { earlier, office, service, action } = line;
  const today = localDate(now);
  const seats = earlier?.seats ?? mostSeats(line);
  const read = waitIn(typed, { today, last: plusDays(today, longestWaitDays), seats });
  const [wish, key] = [wishIn(fields), keyIn(fields)];
  if (key === undefined) return see(action);
  if ("faults" in read) return await form(line, { typed, wish, formKey: key, faults: read.faults }, now);
  const { email, ...wait } = read.wait;
  const wanted = {
    ...wait,
    seats: earlier?.seats ?? wait.seats,
    office,
    language: wish.language ?? null,
    interpreter: wish.interpreter ?? null,
    equipment: [...wish.equipment],
    bookingId: earlier?.bookingId ?? null,
  };
  // With the form's key, which is not kept: from the hash alone nobody finds out whose address it is.
  const asked = shortHash(
    JSON.stringify({ ...wanted, service: service.id, email: email.toLowerCase(), key }),
  );
  const outcome = await getInLine(
    pagesEnv(),
    { ...wanted, waitingId: waitingIdOf(key, asked), asked },
    {
      service,
      contact: { email, name: null, phone: null },
      network: await clientLedger(clientOf(address), now),
    },
    now,
  );
  log("LINE_JOINED", {
    service: service.id,
    office,
    outcome: isRefused(outcome) ? outcome.refused : "waiting",
  });
  if (!isRefused(outcome)) return see(`${await pathOfWaiting(outcome)}?i-ko`);
  if (outcome.refused === "too-many-waiting") return tooMany(line);
  return outcome.refused === "busy" ? busy(action) : see(action);
}

function waitingIdOf(key: string, asked: string): string {
  return shortHash(["waiting", municipality().organisation.id, "public", key, asked].join("|"));
}

function tooMany({ back }: Line): HttpResult {
  const { waitingPerClient } = municipality().booking;
  const text = `Du kan stå i kö för högst ${waitingPerClient} tider samtidigt. Lämna en kö med länken i mejlet som du fick, eller vänta till i morgon.`;
  const content = <HindrancePage around={around()} heading="Du står redan i kö" text={text} back={back} />;
  return page(429, content, { "retry-after": "86400" });
}
