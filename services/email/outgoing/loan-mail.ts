import type { LoanLetter } from "#services/booking/events.ts";
import { fill } from "#shared/fill.ts";
import { dateInWords } from "#shared/time/date-in-words.ts";
import { clockTime } from "#shared/time/meeting-time.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Content } from "./content.ts";

/** The mail about something lent that should have come back: what, where to and since when, and no word of the borrower's. */
export function overdueContent(
  language: string,
  template: { subject: string; text: string },
  { item, number, place, dueAt }: LoanLetter,
  around: { organisation: string; serviceCentre: string; phone: string },
): Content {
  const at = new Date(dueAt);
  const values = {
    ...around,
    item: number === null ? item : `${item} (${number})`,
    place,
    due: `${dateInWords(localDate(at), language)} ${clockTime(at, language)}`,
  };
  return { language, subject: fill(template.subject, values), text: fill(template.text, values) };
}
