import * as z from "zod";

/** What stands for what only the moment knows: `{caseNumber}`. */
const placeholder = /\{(\w*)\}/g;

/** Which placeholders a template may have; all of them must be there unless they stand under `may`. */
type Placeholders = { must: readonly string[]; may?: readonly string[] };

function checked(text: string, { must, may = [] }: Placeholders): string[] {
  const known = [...must, ...may];
  const written = [...text.matchAll(placeholder)].map(([, name = ""]) => name);
  const list = known.length === 0 ? "none" : known.map((name) => `{${name}}`).join(", ");
  return [
    ...written
      .filter((name) => !known.includes(name))
      .map((name) => `{${name}} is not known here; there is ${list}`),
    ...must
      .filter((name) => !written.includes(name))
      .map((name) => `{${name}} is missing; write it in the text`),
  ];
}

function lineOf(placeholders: Placeholders) {
  return z
    .string()
    .trim()
    .min(1)
    .max(200)
    .superRefine((text, context) => {
      for (const message of checked(text, placeholders)) context.addIssue({ code: "custom", message });
    });
}

/** Lines as the mail has them, an empty one between paragraphs. Compiled into one text. */
function textOf(placeholders: Placeholders) {
  return z
    .array(z.string().max(300))
    .min(1)
    .superRefine((lines, context) => {
      for (const message of checked(lines.join("\n"), placeholders))
        context.addIssue({ code: "custom", message });
    })
    .transform((lines) => lines.join("\n"));
}

const theCentre = ["organisation", "serviceCentre", "phone", "openingHours"];

function bookingMail({ must }: { must: readonly string[] }) {
  return z.strictObject({
    subject: lineOf({ must: ["when"] }),
    text: textOf({ must: ["details", "phone", "organisation", "serviceCentre", ...must] }),
  });
}

/** A text message: one line, short with all that it stands for filled in. */
function textMessage({ must }: { must: readonly string[] }) {
  const placeholders = { must: ["organisation", "when", "place", ...must], may: ["phone"] };
  return lineOf(placeholders).max(120);
}

const waitingText = textOf({ must: ["details", "page", "phone", "organisation", "serviceCentre"] });

/**
 * The mails to citizens in one language: `config/mail-texts/<language>.json`. A template says what it must hold, so that
 * no translation forgets the promised date or the personal link.
 */
export const mailTextsSchema = z.strictObject({
  /** The language's commonest words: by them a mail's language is recognised. */
  commonWords: z
    .array(z.string().regex(/^[\p{Ll}\p{Lo}\p{M}]+$/u, "write single words in lower case"))
    .min(20)
    .max(80),
  acknowledgement: z.strictObject({
    subject: lineOf({ must: ["caseNumber"] }),
    text: textOf({ must: ["caseNumber", "promisedDate", "page", ...theCentre] }),
  }),
  /** For what is sensitive: without date and link, and without a word from which others could tell what it is about. */
  neutral: z.strictObject({
    subject: lineOf({ must: [] }),
    text: textOf({ must: ["caseNumber", ...theCentre] }),
  }),
  /** To who writes in a matter that an authority has: it has gone on there. */
  passedOn: z.strictObject({
    subject: lineOf({ must: ["caseNumber"] }),
    text: textOf({
      must: ["authority", "page", "phone", "organisation", "serviceCentre"],
      may: ["caseNumber"],
    }),
  }),
  /** Of a booking. What it is about stands in `details` alone, and of a secret service not even there. */
  booking: z.strictObject({
    made: bookingMail({ must: ["page"] }),
    moved: bookingMail({ must: ["page"] }),
    cancelled: bookingMail({ must: [] }),
    /** Of a service whose unit says yes or no. */
    requested: bookingMail({ must: ["page"] }),
    approved: bookingMail({ must: ["page"] }),
    /** Why stands among the details. */
    declined: bookingMail({ must: [] }),
    /** The day before. */
    reminder: bookingMail({ must: ["page"] }),
    /** The same as text messages: what it is about is never there. */
    short: z.strictObject({
      made: textMessage({ must: ["page"] }),
      moved: textMessage({ must: ["page"] }),
      cancelled: textMessage({ must: [] }),
      requested: textMessage({ must: ["page"] }),
      approved: textMessage({ must: ["page"] }),
      declined: textMessage({ must: [] }),
      reminder: textMessage({ must: ["page"] }),
    }),
    /** What stands before each line of the details. */
    labels: z.strictObject({
      when: lineOf({ must: [] }),
      where: lineOf({ must: [] }),
      service: lineOf({ must: [] }),
      person: lineOf({ must: [] }),
      prepare: lineOf({ must: [] }),
      interpreter: lineOf({ must: [] }),
      reason: lineOf({ must: [] }),
      /** Why, when nobody of the unit answered. */
      nobodyAnswered: lineOf({ must: [] }),
      series: lineOf({ must: [] }),
      seriesGoesOn: lineOf({ must: ["everyWeeks"] }),
      seriesCalledOff: lineOf({ must: [] }),
    }),
  }),
  /** Of something lent that should have come back. */
  loan: z.strictObject({
    overdue: z.strictObject({
      subject: lineOf({ must: ["item"] }),
      text: textOf({ must: ["item", "place", "due", "phone", "organisation", "serviceCentre"] }),
    }),
  }),
  /** To somebody in line for a time. As of a booking, what it is about stands in `details` alone. */
  waiting: z.strictObject({
    started: z.strictObject({ subject: lineOf({ must: [] }), text: waitingText }),
    free: z.strictObject({ subject: lineOf({ must: ["when"] }), text: waitingText }),
    /** What stands before the dates that suit. */
    dates: lineOf({ must: [] }),
  }),
  /** What stands around an answer. */
  answer: z.strictObject({
    text: textOf({ must: ["answer", "signedBy", "organisation", "phone", "caseNumber", "page"] }),
    /** Below the answer, when its files are too large for a mail. */
    filesOnPage: lineOf({ must: ["page"] }),
    /** Above what the citizen wrote. */
    quoted: lineOf({ must: ["date"] }),
  }),
});
export type MailTexts = z.infer<typeof mailTextsSchema>;
