import { failureKind } from "../api/failure.ts";
import type { Visit } from "./schemas.ts";

/** Where a visitor is to go: "plan 4", or the servicecenter itself. */
export function floorText(floor: number | null): string {
  return floor === null ? "servicecentret" : `plan ${floor}`;
}

/** Where a visitor stands, as the reception would say it. */
export function stateText({ state, reception, unanswered, tries, purpose, may }: Visit): string {
  const tried = tries > 1 ? `, försökt ${tries} ggr` : "";
  switch (state) {
    case "waiting":
      return purpose === "hand-in" ? "Ska lämna in" : "Väntar";
    case "called":
      if (may.includes("clear"))
        return unanswered ? "Väntar på ert klartecken, mer än 5 min" : "Väntar på ert klartecken";
      if (reception === "coordinator")
        return unanswered
          ? `Inget klartecken på 5 min${tried} – ring planet`
          : `Väntar på klartecken${tried}`;
      return unanswered ? `Inget svar på 5 min${tried} – ring en kollega` : `Värden är kallad${tried}`;
    case "cleared":
      return "Klartecken: får komma upp";
    case "sent-up":
      return "På väg upp";
    case "on-floor":
      return "Inne hos värden";
    case "left-floor":
      return "Åter i receptionen";
    case "left":
      return "Ute";
    case "turned-away":
      return "Avvisad";
    case "went-away":
      return "Gick utan besök";
    case "mistaken":
      return "Ångrad incheckning";
    case "handed-in":
      return "Lämnade in";
    default:
      return state;
  }
}

export const TURN_AWAY: readonly (readonly [string, string])[] = [
  ["must-book", "Måste boka tid"],
  ["wrong-place", "Fel ställe"],
  ["host-unavailable", "Värden kan inte ta emot"],
  ["behaviour", "Uppträdande"],
  ["other", "Annat"],
];

export const FORGOTTEN: readonly (readonly [string, string])[] = [
  ["seen-leaving", "Någon såg besökaren gå"],
  ["badge-returned", "Brickan är tillbaka"],
  ["looked-for", "Eftersökt i huset, inte kvar"],
];

const REFUSALS: Readonly<Record<string, string>> = {
  "not-cleared": "Planet har inte gett klartecken ännu. Besökaren väntar kvar.",
  "badge-taken": "Brickan är redan ute. Ta en annan.",
  "arrived-already": "Besökaren är redan incheckad.",
  "other-day": "Bokningen gäller en annan dag.",
  "other-office": "Bokningen gäller ett annat kontor.",
  "no-such-floor": "Det planet finns inte här.",
  "nobody-waits": "Ingen väntar längre.",
  "not-forgotten": "Besökaren kan fortfarande vara här med rätt. Checka ut i listan i stället.",
  "other-wish": "Något annat är redan sparat. Börja om med incheckningen.",
};

/** Why the API said no, in words. `current`: how the visit stands instead. */
export function refusalText(code: string, current?: Visit): string {
  const known = REFUSALS[code];
  if (known !== undefined) return known;
  return current === undefined
    ? "Det gick inte att göra nu."
    : `Någon annan var före. Nummer ${current.number}: ${stateText(current).toLowerCase()}.`;
}

/** Why nothing came back, and that nothing typed is lost. */
export function failureText(error: unknown): string {
  return failureKind(error) === "not-found"
    ? "Det finns inte, eller så får du inte göra det."
    : "Det gick inte att spara – nätet eller tjänsten svarar inte. Det du skrev är kvar. Försök igen.";
}
