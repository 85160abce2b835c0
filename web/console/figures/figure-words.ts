import type { Day } from "../api/figure-schemas.ts";
import { closeReasonText } from "../case-words.ts";
import type { Directory } from "../directory.ts";
import { channelText, listText } from "../words.ts";
import { namesOf, share, total, totalOf } from "./figure-sums.ts";

const NAMES: Readonly<Record<string, string>> = {
  "contact-outcome/opened-case": "Kontakter som blev ett nytt ärende",
  "contact-outcome/joined-case": "Kontakter i ett ärende som fanns",
  opened: "Öppnade ärenden",
  reopened: "Öppnade igen",
  closed: "Avslutade ärenden",
  "solved/service-centre": "Lösta av servicecentret",
  "solved/with-units": "Lösta med enheters hjälp",
  "solved/transferred": "Överlämnade till en nämnd",
  answers: "Svar",
  "first-answers": "Första svar",
  "first-answers-within-promise": "Första svar i tid",
  "first-answers/same-day": "Första svar samma dag",
  "first-answers/next-day": "Första svar nästa arbetsdag",
  "first-answers/two-days": "Första svar efter två arbetsdagar",
  "first-answers/later": "Första svar senare",
  "extra-laps": "Extra varv",
  "bookings/public": "Bokade av invånare",
  "bookings/internal": "Bokade av oss",
  "bookings-moved": "Flyttade",
  "bookings-cancelled/citizen": "Avbokade av invånare",
  "bookings-cancelled/staff": "Avbokade av oss",
  "bookings-declined/unit": "Nej från enheten",
  "bookings-declined/no-answer": "Obesvarade förfrågningar",
  "bookings-unsettled/absence": "Behövde ny tid: frånvaro",
  "bookings-unsettled/rota": "Behövde ny tid: öppettid eller schema",
  "bookings-unsettled/room": "Behövde ny tid: stängt rum",
  "bookings-missed": "Kom inte",
};

/** A figure's name in words. */
export function figureText(figure: string, directory: Directory): string {
  const known = NAMES[figure];
  if (known !== undefined) return known;
  const [kind = "", who = ""] = figure.split("/");
  const unit = directory.unitName(who);
  switch (kind) {
    case "contacts":
      return `Kontakter: ${channelText(who).text}`;
    case "closed":
      return `Avslutade: ${closeReasonText(who)}`;
    case "assignments-sent":
      return `Uppdrag till ${unit}`;
    case "assignments-answered":
      return `Besvarade uppdrag, ${unit}`;
    case "assignments-answered-in-time":
      return `Uppdrag besvarade i tid, ${unit}`;
    case "assignments-returned":
      return `Uppdrag tillbaka från ${unit}`;
    case "unit-answers":
      return `Svar till invånare från ${unit}`;
    case "bookings-with":
      return `Bokningar hos ${unit}`;
    case "transfers":
      return `Överlämnat till ${directory.authorityName(who)}`;
    default:
      return figure;
  }
}

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** What has come in, and mostly how. */
export function contactsText(days: readonly Day[]): string {
  const today = days.slice(-1);
  const all = totalOf(days, "contacts");
  if (all === 0) return "Inga kontakter har kommit in under perioden.";
  const most =
    namesOf(days, "contacts").toSorted((one, other) => total(days, other) - total(days, one))[0] ?? "";
  const how = channelText(most.split("/")[1] ?? "").text.toLowerCase();
  const now = totalOf(today, "contacts");
  return `${now === 0 ? "Inga kontakter har" : `${many(now, "kontakt har", "kontakter har")}`} kommit in i dag, och ${all} på ${days.length} dagar. Vanligast är ${how}.`;
}

/** What was begun and ended, and what is left. */
export function casesText(days: readonly Day[], open: number): string {
  const today = days.slice(-1);
  const left = open === 1 ? "1 ärende är öppet nu." : `${open} ärenden är öppna nu.`;
  return `I dag har ${many(total(today, "opened"), "ärende", "ärenden")} öppnats och ${total(today, "closed")} avslutats. ${left}`;
}

/** Who brought cases to their end. */
export function solvedText(days: readonly Day[]): string {
  const all = totalOf(days, "solved");
  if (all === 0) return "Inget ärende har avslutats under perioden.";
  const alone = total(days, "solved/service-centre");
  return `Servicecentret löste ${alone} av ${many(all, "avslutat ärende", "avslutade ärenden")} på egen hand (${share(alone, all)}).`;
}

/** How soon citizens heard, the first time. */
export function answersText(days: readonly Day[]): string {
  const all = total(days, "first-answers");
  if (all === 0) return "Inga första svar har getts under perioden.";
  const inTime = total(days, "first-answers-within-promise");
  const average = durationText(total(days, "first-answer-minutes") / all);
  return `${inTime} av ${all} första svar kom inom den tid vi lovat (${share(inTime, all)}). I snitt tog det ${average}, räknat dygnet runt.`;
}

/** What the units were asked and answered. */
export function unitsText(days: readonly Day[], directory: Directory): string {
  const sent = totalOf(days, "assignments-sent");
  const answered = totalOf(days, "assignments-answered");
  if (sent + answered === 0) return "Inga uppdrag har skickats till enheterna under perioden.";
  const inTime = totalOf(days, "assignments-answered-in-time");
  const returned = namesOf(days, "assignments-returned").map((name) =>
    directory.unitName(name.split("/")[1] ?? ""),
  );
  const back = returned.length === 0 ? "" : ` Uppdrag har kommit tillbaka från ${listText(returned)}.`;
  return `${many(sent, "uppdrag är skickat", "uppdrag är skickade")} och ${answered} ${answered === 1 ? "besvarat" : "besvarade"}, ${inTime} av dem i tid.${back}`;
}

/** How much was booked, and how much of it came to nothing. */
export function bookingsText(days: readonly Day[]): string {
  const all = totalOf(days, "bookings");
  if (all === 0) return "Ingen tid har bokats under perioden.";
  const byPublic = total(days, "bookings/public");
  const back = totalOf(days, "bookings-cancelled");
  const missed = total(days, "bookings-missed");
  return `${many(all, "tid är bokad", "tider är bokade")} på ${days.length} dagar, ${byPublic} av invånare själva (${share(byPublic, all)}). ${back} avbokades och till ${missed} kom ingen.`;
}

/** "45 min", "3 tim 20 min", "2 dygn 4 tim". */
export function durationText(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  if (hours < 24) return whole % 60 === 0 ? `${hours} tim` : `${hours} tim ${whole % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} dygn` : `${Math.floor(hours / 24)} dygn ${hours % 24} tim`;
}
