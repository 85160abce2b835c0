import * as z from "zod/mini";
import { mailTexts, municipality } from "#shared/config.ts";
import { fill } from "#shared/fill.ts";
import { defineEndpoint, noInput } from "#shared/http.ts";
import { dateInWords, dateWithYear } from "#shared/time/date-in-words.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { addWorkingDays, localDate } from "#shared/time/working-time.ts";
import { formatCaseNumber } from "../register/case.ts";
import { rules } from "../rules.ts";

const mailSchema = z.object({
  name: z.enum(["acknowledgement", "neutral", "answer", "answer-files-on-page"]),
  /** Null where the mail that is answered gives it. */
  subject: z.nullable(z.string()),
  text: z.string(),
});

/** The mails to citizens in each language, filled in with the municipality's own values and an invented case. */
export const listMailTexts = defineEndpoint({
  params: noInput,
  query: noInput,
  answer: z.object({
    languages: z.array(
      z.object({
        /** ISO 639. */
        language: z.string(),
        /** The file to change. */
        file: z.string(),
        mails: z.array(mailSchema),
      }),
    ),
  }),
  run: async ({ now }) => {
    const { languages } = municipality();
    return {
      languages: languages.flatMap((language) => {
        const texts = mailTexts()[language];
        if (texts === undefined) return [];
        const { acknowledgement, neutral, answer } = texts;
        const { asked, ...values } = example(language, now);
        const filled = ({ subject, text }: { subject: string; text: string }) => ({
          subject: fill(subject, values),
          text: fill(text, values),
        });
        const answered = [fill(answer.text, values), "", fill(answer.quoted, asked), "> …"].join("\n");
        return [
          {
            language,
            file: `config/mail-texts/${language}.json`,
            mails: [
              { name: "acknowledgement" as const, ...filled(acknowledgement) },
              { name: "neutral" as const, ...filled(neutral) },
              { name: "answer" as const, subject: null, text: answered },
              {
                name: "answer-files-on-page" as const,
                subject: null,
                text: fill(answer.filesOnPage, values),
              },
            ],
          },
        ];
      }),
    };
  },
});

/** A case that arrives today, and gets its answer on the promised day. */
function example(language: string, now: Date) {
  const { organisation, serviceCentre, calendars, caseNumber, citizenPages } = municipality();
  const today = localDate(now);
  const { answerWorkingDays, redDays } = rules();
  const week = calendars[serviceCentre.calendar]?.week;
  const asked = { date: dateWithYear(today, language) };
  return {
    asked,
    caseNumber: formatCaseNumber(caseNumber, today.slice(0, 4), 123),
    promisedDate: dateInWords(addWorkingDays(today, answerWorkingDays, redDays), language),
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    signedBy: serviceCentre.name,
    phone: serviceCentre.phone,
    openingHours: week === undefined ? "" : openingHoursInWords(week, language),
    page: `${citizenPages.url}/m/…`,
    answer: "[…]",
  };
}
