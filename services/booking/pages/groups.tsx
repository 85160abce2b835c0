import { newId } from "#shared/ids.ts";
import { log } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { bookableBetween } from "../book/offer.ts";
import { sessionsBetween } from "../book/sessions.ts";
import type { Where } from "../book/take-time.ts";
import { pagesEnv } from "../env.ts";
import { around, busy, type HttpResult, page, see, tooMany } from "./answer.tsx";
import { GroupsPage } from "./groups-view.tsx";
import { confirmHold, holdSeats } from "./hold-time.ts";
import { pathOf } from "./own-link.ts";
import { partyIn } from "./party-form.ts";
import { clientOf, keyIn, type PageRequest, sessionIn, typedFields, typedIn } from "./request.ts";

/** The most that come together and book by themselves. */
const mostTogether = 10;

/** A service's meetings for groups at a place, each with the seats that are left. */
export async function listGroups(
  where: Where,
  placeName: string,
  now: Date,
  { form = new URLSearchParams(), refused }: { form?: URLSearchParams; refused?: string } = {},
): Promise<HttpResult> {
  const { service, office } = where;
  const window = bookableBetween(service, { now: now.getTime(), internal: false });
  const period = { from: new Date(window.from), to: new Date(window.to), now };
  const sessions = await sessionsBetween(pagesEnv().BOOKING_TABLE, where, period);
  const props = {
    around: around(),
    lead: `${service.name}, ${placeName}. ${service.minutes} minuter.`,
    action: `/b/${service.id}/${office}`,
    back: { href: `/b/${service.id}`, text: "Välj en annan plats" },
    hidden: [["form", newId()] as const, ...typedFields(form)],
    groups: sessions.map(({ host: { bookingId, startsAt, endsAt }, seatsLeft }) => ({
      session: bookingId,
      start: new Date(startsAt),
      end: new Date(endsAt),
      seatsLeft,
    })),
    most: Math.min(mostTogether, service.seats),
    seats: seatsIn(form) ?? 1,
    refused,
  };
  return page(refused === undefined ? 200 : 409, <GroupsPage {...props} />);
}

const whyNot = {
  taken: "Så många platser finns inte kvar",
  "too-soon": "Den träffen är för nära för att bokas här",
  "too-far-away": "Så långt fram går det inte att boka än",
  "wrong-status": "Den träffen är inställd",
  "not-found": "Den träffen finns inte längre",
} as const;

/** Holds seats; and when they came with who comes, because an earlier hold ran out, books them at once. */
export async function holdInGroup(
  { form, address }: PageRequest,
  where: Where,
  placeName: string,
  now: Date,
): Promise<HttpResult> {
  const here = `/b/${where.service.id}/${where.office}`;
  const [session, seats, key] = [sessionIn(form), seatsIn(form), keyIn(form)];
  if (session === undefined || seats === undefined || key === undefined) return see(here);
  const held = await holdSeats({ where, session, seats, key, client: clientOf(address) }, now);
  if (!isRefused(held)) {
    log("SEATS_HELD", { bookingId: held.bookingId, service: where.service.id, office: where.office });
    const known = partyIn(typedIn(form));
    const own = await pathOf(held);
    if (!("party" in known) || held.status !== "held") return see(own);
    const outcome = await confirmHold(held, { service: where.service, party: known.party }, now);
    return see(isRefused(outcome) ? own : `${own}?bokad`);
  }
  log("HOLD_REFUSED", { refused: held.refused, service: where.service.id, office: where.office });
  if (held.refused === "busy") return busy(here);
  if (held.refused === "too-many-holds") return tooMany(here);
  return await listGroups(where, placeName, now, { form, refused: whyNot[held.refused] });
}

function seatsIn(form: URLSearchParams): number | undefined {
  const seats = Number(form.get("antal") ?? "1");
  return Number.isInteger(seats) && seats >= 1 && seats <= mostTogether ? seats : undefined;
}
