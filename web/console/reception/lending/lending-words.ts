import { clockInSweden, dateInSweden, shortDate } from "../../../ui/swedish-time.ts";
import type { Hire, Item, Loan } from "./schemas.ts";

/** "Nyckel till Ekbacken E1". */
export function itemText({ name, number }: Pick<Item, "name" | "number">): string {
  return number === null ? name : `${name} ${number}`;
}

/** "mån 7 dec 10:00", of today the clock alone. */
export function whenText(instant: string, now: Date): string {
  const at = new Date(instant);
  const today = dateInSweden(now);
  const date = dateInSweden(at);
  return date === today ? `i dag ${clockInSweden(at)}` : `${shortDate(date, today)} ${clockInSweden(at)}`;
}

/** "5 tim", in the largest unit of which there is a whole one. */
export function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${Math.max(1, minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} tim`;
  return `${Math.floor(hours / 24)} dygn`;
}

/** Where something that is out stands: "Försenad 5 tim", or when it is to be back. */
export function stateText(loan: Loan, now: Date): string {
  return isLate(loan, now)
    ? `Försenad ${durationText((now.getTime() - Date.parse(loan.dueAt)) / 1000)}`
    : `Åter senast ${whenText(loan.dueAt, now)}`;
}

/** As the clock on the screen has it, between two answers. */
export function isLate({ dueAt, overdue }: Loan, now: Date): boolean {
  return overdue || Date.parse(dueAt) < now.getTime();
}

/** "fre 4 dec 18:00–22:00". */
export function hireText({ startsAt, endsAt }: Pick<Hire, "startsAt" | "endsAt">, now: Date): string {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const day = shortDate(dateInSweden(from), dateInSweden(now));
  const end = dateInSweden(from) === dateInSweden(to) ? clockInSweden(to) : whenText(endsAt, now);
  return `${day} ${clockInSweden(from)}–${end}`;
}

/** How a loan ended: "Åter mån 7 dec 15:30, 5 tim försent". */
export function endText({ returnedAt, lateSeconds }: Loan, now: Date): string {
  if (returnedAt === null) return "Ute";
  const late = lateSeconds === 0 ? "" : `, ${durationText(lateSeconds)} försent`;
  return `Åter ${whenText(returnedAt, now)}${late}`;
}

export const IDENTIFICATIONS: readonly (readonly [string, string])[] = [
  ["legitimation", "Legitimation"],
  ["e-leg", "E-legitimation"],
  ["known-here", "Känd här"],
];

export function identifiedText(code: string): string {
  return IDENTIFICATIONS.find(([known]) => known === code)?.[1] ?? code;
}

const REFUSALS: Readonly<Record<string, string>> = {
  "item-out": "Den är redan utlånad.",
  "other-room": "Nyckeln går inte till den lokal som är bokad.",
  "other-office": "Bokningen gäller ett annat kontor.",
  "wrong-status": "Det är redan gjort, eller så gäller bokningen inte längre.",
  "hire-over": "Bokningen är redan slut. Låna ut utan bokning i stället.",
  "not-open": "Kontoret är stängt då. Välj en annan dag.",
  "due-passed": "Den dagen är förbi. Välj en senare.",
  "too-far-away": "Det är för långt fram. Välj en tidigare dag.",
  "not-later": "Den ska redan vara åter då. Välj en senare dag.",
  "too-late": "Det har gått mer än tio minuter. Låna ut den på nytt.",
  "other-wish": "Något annat är redan sparat. Börja om med lånet.",
};

/** Why the API said no, in words. */
export function refusalText(code: string): string {
  return REFUSALS[code] ?? "Det gick inte att göra nu.";
}
