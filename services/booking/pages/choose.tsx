import { municipality } from "#shared/config.ts";
import { newId } from "#shared/ids.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { BookingService, Slot, Wish } from "../book/offer.ts";
import { otherTimes } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { around, busy, type HttpResult, notFound, page, see, tooMany } from "./answer.tsx";
import { ChoicePage } from "./choice-views.tsx";
import { dropInTimes } from "./drop-in.ts";
import { freeWeek, languagesOf } from "./free-week.ts";
import { holdInGroup, listGroups } from "./groups.tsx";
import { confirmHold, holdTime } from "./hold-time.ts";
import { pathOf } from "./own-link.ts";
import { partyIn } from "./party-form.ts";
import {
  clientOf,
  dateIn,
  keyIn,
  type PageRequest,
  timeIn,
  typedFields,
  typedIn,
  wishIn,
} from "./request.ts";
import { TimesPage, type TimesProps, wishFields } from "./times-view.tsx";

/** `/b`, `/b/<service>` and `/b/<service>/<place>`: what, where, when. A secret service is not here, a quiet one is not listed. */
export async function choosePages(request: PageRequest, now: Date): Promise<HttpResult> {
  const [serviceId, office, ...more] = request.path;
  if (serviceId === undefined) return request.posted ? notFound() : services();
  const service = openService(serviceId);
  if (service === undefined || more.length > 0) return notFound();
  if (office === undefined) return request.posted ? notFound() : places(service);
  const place = placesOf(service).find(({ id }) => id === office);
  if (place === undefined) return notFound();
  const where = { service, office };
  if (service.seats > 1)
    return request.posted
      ? await holdInGroup(request, where, place.name, now)
      : await listGroups(where, place.name, now);
  return request.posted
    ? await hold(request, service, office, now)
    : await times(request, service, office, now);
}

/** What the public may book. */
export function openService(serviceId: string): BookingService | undefined {
  return municipality().booking.services.find(
    ({ id, visibility }) => id === serviceId && visibility !== "secret",
  );
}

function services(): HttpResult {
  const open = municipality().booking.services.filter(
    (service) => service.visibility === "open" && placesOf(service).length > 0,
  );
  const choices = open.map(({ id, name, minutes, seats }) => ({
    href: `/b/${id}`,
    name,
    hint: seats > 1 ? `${minutes} minuter, i grupp` : `${minutes} minuter`,
  }));
  const words = { heading: "Boka en tid", lead: "Vad vill du boka?" };
  return page(200, <ChoicePage around={around()} {...words} choices={choices} />);
}

function places(service: BookingService): HttpResult {
  const choices = placesOf(service).map(({ id, name }) => ({
    href: `/b/${service.id}/${id}`,
    name,
    hint: "",
  }));
  const words = { heading: service.name, lead: "Var vill du komma?" };
  const back = { href: "/b", text: "Boka något annat" };
  return page(200, <ChoicePage around={around()} {...words} choices={choices} back={back} />);
}

/** Where a service can be booked now. */
export function placesOf({ places: offered }: BookingService): readonly { id: string; name: string }[] {
  return municipality().places.filter(({ id, enabled }) => enabled && offered.includes(id));
}

async function times(
  { query }: PageRequest,
  service: BookingService,
  office: string,
  now: Date,
): Promise<HttpResult> {
  const asked = { from: dateIn(query), wish: wishIn(query), hidden: [] };
  return page(200, <TimesPage {...(await propsOf(service, office, asked, now))} />);
}

type Asked = { from: string | undefined; wish: Wish; hidden: TimesProps["hidden"] };

async function propsOf(
  service: BookingService,
  office: string,
  { from, wish, hidden }: Asked,
  now: Date,
): Promise<TimesProps> {
  const where = { service, office };
  const place = placesOf(service).find(({ id }) => id === office);
  const [week, spoken, dropIn] = await Promise.all([
    freeWeek(where, { from, wish }, now),
    languagesOf(where),
    dropInTimes(where, now),
  ]);
  return {
    around: around(),
    heading: "Välj en tid",
    lead: `${service.name}, ${place?.name ?? office}. ${service.minutes} minuter.`,
    action: `/b/${service.id}/${office}`,
    hidden: [["form", newId()], ...hidden],
    wish,
    ...spoken,
    office,
    places: [],
    ...week,
    dropIn,
    line: {
      href: lineAddress(`/b/${service.id}/${office}`, wish, week.week.from),
      text: "Ställ dig i kö för en tid",
    },
    back: { href: `/b/${service.id}`, text: "Välj en annan plats" },
  };
}

const whyNot = {
  taken: "Tiden hann bli tagen",
  "outside-hours": "Den tiden går inte att boka",
  "too-soon": "Den tiden är för nära för att bokas här",
  "too-far-away": "Så långt fram går det inte att boka än",
  "which-interpreter": "Välj först vilket språk tolken ska kunna",
} as const;

export function whyNotHad(code: keyof typeof whyNot): string {
  return whyNot[code];
}

/** Holds the time; and when it came with who comes, because an earlier hold ran out, books it at once. */
async function hold(
  { form, address }: PageRequest,
  service: BookingService,
  office: string,
  now: Date,
): Promise<HttpResult> {
  const [start, key, wish] = [timeIn(form), keyIn(form), wishIn(form)];
  const here = `/b/${service.id}/${office}`;
  if (start === undefined || key === undefined) return see(here);
  const held = await holdTime({ service, office, start, wish, key, client: clientOf(address) }, now);
  if (!isRefused(held)) {
    log("TIME_HELD", { bookingId: held.bookingId, service: service.id, office });
    const known = partyIn(typedIn(form));
    const own = await pathOf(held);
    if (!("party" in known) || held.status !== "held") return see(own);
    const outcome = await confirmHold(held, { service, party: known.party }, now);
    return see(isRefused(outcome) ? own : `${own}?bokad`);
  }
  const code = held.refused;
  log("HOLD_REFUSED", { refused: code, service: service.id, office });
  if (code === "busy") return busy(here);
  if (code === "too-many-holds") return tooMany(here);
  const near = await nearestTimes({ service, office, start, wish }, now);
  const hidden = typedFields(form);
  const props = await propsOf(service, office, { from: localDate(start), wish, hidden }, now);
  return page(409, <TimesPage {...props} refused={{ text: whyNot[code], nearest: near }} />);
}

export async function nearestTimes(
  asked: { service: BookingService; office: string; start: Date; wish: Wish },
  now: Date,
): Promise<readonly Slot[]> {
  const { service, office, start, wish } = asked;
  return await otherTimes(
    pagesEnv().BOOKING_TABLE,
    { service, office },
    { start, wish, internal: false, now },
  );
}

export function timesAddress(service: string, office: string, wish: Wish, from: string): string {
  const fields = new URLSearchParams([
    ["fran", from],
    ...wishFields(wish).map(([name, value]) => [name, value]),
  ]);
  return `/b/${service}/${office}?${fields}`;
}

/** Where somebody gets in line, below the page of the times that did not suit them. */
export function lineAddress(below: string, wish: Wish, from: string): string {
  const fields = new URLSearchParams([
    ["fran", from],
    ...wishFields(wish).map(([name, value]) => [name, value]),
  ]);
  return `${below}/ko?${fields}`;
}
