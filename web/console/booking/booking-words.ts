import { shortDate } from "../../ui/swedish-time.ts";
import { languageName } from "../mail-words.ts";
import { listText, type Words } from "../words.ts";
import { clocks, longDate } from "./local-time.ts";
import type { Agency, Booking, Office, Party, Person, Slot, Waiting } from "./schemas.ts";

const STATUSES: Readonly<Record<string, Words>> = {
  held: { text: "Hålls", tone: "neutral", icon: "clock" },
  requested: { text: "Väntar på svar", tone: "warning", icon: "clock" },
  confirmed: { text: "Bokad", tone: "info", icon: "calendar" },
  unsettled: { text: "Behöver ny tid", tone: "warning", icon: "warning" },
  cancelled: { text: "Avbokad", tone: "neutral", icon: "back" },
  arrived: { text: "Har kommit", tone: "success", icon: "person" },
  done: { text: "Klar", tone: "success", icon: "check" },
  missed: { text: "Kom inte", tone: "warning", icon: "question" },
};

/** How a booking stands. A status that this console does not know is shown as it came. */
export function bookingStatus(status: string): Words {
  return STATUSES[status] ?? { text: status, tone: "neutral", icon: "question" };
}

const EQUIPMENT: Readonly<Record<string, string>> = {
  "step-free": "Utan trappor",
  "hearing-loop": "Hörslinga",
  "personal-alarm": "Personlarm",
  screen: "Skärm",
  video: "Videomöte",
  kitchen: "Kök",
};

export const equipmentText = (code: string): string => EQUIPMENT[code] ?? code;

/** What can be done where too few are on duty. */
export const solutionTexts: Readonly<Record<string, string>> = {
  "stepped-in": "Någon har ryckt in",
  "room-closed": "En del av lokalen är stängd",
  "guard-called": "Vakt kallad",
  other: "Annat",
};

const REFUSALS: Readonly<Record<string, string>> = {
  taken: "Tiden hann bli tagen.",
  "outside-hours": "Tiden ligger utanför det som går att boka.",
  "too-soon": "Tiden har redan varit.",
  "too-far-away": "Tiden ligger längre fram än det går att boka.",
  "hold-expired": "Tiden hålls inte längre. Det du skrev är kvar.",
  "wrong-status": "Bokningen har ändrats. Så här står den nu.",
  "has-begun": "Mötet har redan börjat.",
  changed: "Någon annan ändrade bokningen. Så här står den nu.",
  "other-wish": "Bokningen gick inte att göra. Välj tiden igen.",
  "not-your-unit": "Bara enhetens egna kan svara.",
  "which-interpreter": "Välj först vilket språk tolken ska kunna.",
  "date-passed": "Dagen har redan varit.",
  "too-many-waiting": "Adressen står redan i kö för så många tider som det går.",
  "no-such-service": "Till ett möte för grupp finns ingen kö.",
  "too-many-days": "Tiden är för lång, eller slutar innan den börjar.",
};

/** Why something was refused; one that this console does not know in general words. */
export const refusedText = (code: string): string => REFUSALS[code] ?? "Det gick inte att göra nu.";

/** Names for the ids of the API; what is not known is called by its id. */
export type Names = ReturnType<typeof createNames>;

export function createNames(offices: readonly Office[], people: readonly Person[]) {
  const rooms = offices.flatMap((office) => office.rooms);
  const services = offices.flatMap((office) => office.services);
  const nameOf = (all: readonly { id: string; name: string }[], id: string) =>
    all.find((one) => one.id === id)?.name ?? id;
  return {
    office: (id: string) => nameOf(offices, id),
    service: (id: string) => nameOf(services, id),
    room: (id: string) => nameOf(rooms, id),
    person: (id: string) => people.find(({ person }) => person === id)?.name ?? id,
  };
}

/** What somebody comes for, or that it is not said. */
export function whatText(booking: Booking, names: Names): string {
  return booking.hidden || booking.service === null
    ? "Besök, plan och tjänst dold"
    : names.service(booking.service);
}

/** Who comes. */
export function whoText({ hidden, party }: Booking): string {
  if (hidden) return "Namn dolt";
  return party?.name ?? party?.phone ?? party?.email ?? "Inget namn";
}

const PARTS: Readonly<Record<string, string>> = {
  morning: "förmiddag",
  afternoon: "eftermiddag",
  evening: "kväll",
};

/** Which dates and times of day somebody waits for: "tis 1 dec – fre 11 dec, förmiddag". */
export function waitsForText(
  { from, to, part }: Pick<Waiting, "from" | "to" | "part">,
  today: string,
): string {
  const dates = [...new Set([from, to])].map((date) => shortDate(date, today)).join(" – ");
  return part === null ? dates : `${dates}, ${PARTS[part] ?? part}`;
}

/** How the citizen will get to know of another time. */
export function toldText({ party, toldBy }: Pick<Booking, "party" | "toldBy">): string {
  if (party?.email != null) return `Får ett mejl om den nya tiden: ${party.email}.`;
  if (toldBy === "text") return `Får ett sms om den nya tiden: ${party?.phone}.`;
  return party?.phone == null ? "Det finns inga kontaktuppgifter." : `Ingen e-post: ring ${party.phone}.`;
}

/** Whom to meet and where within the office, of what is known. */
export function withWhomText({ person, room }: Pick<Slot, "person" | "room">, names: Names): string {
  return [person === null ? "" : names.person(person), room === null ? "" : names.room(room)]
    .filter((one) => one !== "")
    .join(", ");
}

/** "tis 1 dec 09:00–09:45" for a time. */
export function timeText(slot: Pick<Slot, "startsAt" | "endsAt">, date: string, today: string): string {
  return `${shortDate(date, today)} ${clocks(slot)}`;
}

/** What to say to whoever has booked, as it is said on the phone. */
export function readAloud(
  booking: Booking,
  { names, date, prepare }: { names: Names; date: string; prepare: readonly string[] },
): string {
  const host = booking.person === null ? "" : ` Du träffar ${names.person(booking.person)}.`;
  const room = booking.room === null ? "" : ` Rummet heter ${names.room(booking.room)}.`;
  const bring = prepare.length === 0 ? "" : ` Ta med: ${listText(prepare).toLowerCase()}.`;
  const how = { email: "med e-post", text: "som sms" }[booking.toldBy ?? ""];
  const mail = how === undefined ? "" : ` Du får en bekräftelse ${how}, där du kan boka om och avboka.`;
  const [from = ""] = clocks(booking).split("–");
  return `Du är välkommen ${longDate(date)} klockan ${from} till ${names.office(booking.office)}.${host}${room}${bring}${mail}`;
}

/** How many can still come to a meeting for a group. */
export function seatsLeftText(seatsLeft: number): string {
  if (seatsLeft === 0) return "fullbokad";
  return seatsLeft === 1 ? "1 plats kvar" : `${seatsLeft} platser kvar`;
}

/** Where a confirmation goes, or that none does. */
export function confirmationText(
  toldBy: string | null,
  { email, phone }: { email: string; phone: string },
): string {
  if (toldBy === "email") return `En bekräftelse skickas till ${email.trim()}.`;
  if (toldBy === "text") return `En bekräftelse skickas som sms till ${phone.trim()}.`;
  return "Varken e-post eller svenskt mobilnummer: säg tiden, ingen bekräftelse skickas.";
}

/** The languages that somebody who does a service speaks, Swedish left out: all do. */
export function languagesOf(people: readonly Person[], service: string): readonly string[] {
  const spoken = people.filter(({ services }) => services.includes(service)).flatMap((one) => one.languages);
  return byName(spoken.filter((code) => code !== "sv"));
}

/** What can be interpreted, by a colleague or by somebody who is ordered. */
export function interpretedLanguages(people: readonly Person[], agency: Agency): readonly string[] {
  return byName([...people.flatMap(({ interprets }) => interprets), ...(agency?.languages ?? [])]);
}

function byName(codes: readonly string[]): readonly string[] {
  return [...new Set(codes)].toSorted((one, other) =>
    languageName(one).localeCompare(languageName(other), "sv"),
  );
}

/** Who comes, as the API takes it: what was not said is null. Undefined when nothing was said. */
export function partyOf(written: {
  name: string;
  phone: string;
  email: string;
  about: string;
}): Party | undefined {
  const said = (text: string) => (text.trim() === "" ? null : text.trim());
  const party = {
    name: said(written.name),
    phone: said(written.phone),
    email: said(written.email),
    about: said(written.about),
  };
  return Object.values(party).every((one) => one === null) ? undefined : party;
}

/** What is wrong with an address, if anything: enough to catch a slip, not a judge of addresses. */
export function emailFault(email: string): string | undefined {
  const written = email.trim();
  if (written === "" || /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(written)) return undefined;
  return "Skriv en hel adress, som namn@example.org.";
}

/** Who interprets, and what is left to do about it. */
export function interpreterText(
  { language, person, ordered, toOrder }: NonNullable<Booking["interpreter"]>,
  names: Names,
): string {
  const tongue = languageName(language);
  if (person !== null && !toOrder) return `${tongue}, ${names.person(person)}`;
  if (!toOrder) return `${tongue}, beställd${ordered === null ? "" : ` (${ordered.reference})`}`;
  return ordered === null
    ? `${tongue}, ska beställas`
    : `${tongue}, beställningen ${ordered.reference} ska ändras`;
}
