import { fill } from "#shared/fill.ts";
import { dateWithYear } from "#shared/time/date-in-words.ts";
import { localDate } from "#shared/time/working-time.ts";
import type { Content } from "./content.ts";
import { quotable } from "./quote.ts";

/** What stands around an answer. */
export type AnswerFields = {
  subject: string;
  /** What was written to the citizen. */
  text: string;
  caseNumber: string;
  /** The unit that answers the citizen itself, or the servicecenter. */
  signedBy: string;
  organisation: string;
  phone: string;
  /** The citizen's page about the case. */
  page: string;
  /** There are files, too large for a mail: it says where they are. */
  filesOnPage: boolean;
};

/** The mail that is answered, as far as the answer needs it. */
export type Answered = {
  address: string | null;
  receivedAt: Date;
  /** What its sender wrote, without what they quoted. */
  text: string;
  readable: boolean;
};

type Template = { text: string; filesOnPage: string; quoted: string };

/**
 * The mail of an answer: what was written, who answers, the way on, and below it what the citizen wrote. A mail that
 * somebody else sent in the case is never quoted to them.
 */
export function answerContent(
  language: string,
  template: Template,
  { subject, text, filesOnPage, ...fields }: AnswerFields,
  answered?: Answered & { to: string },
): Content {
  const answer = [text.trimEnd(), ...(filesOnPage ? [fill(template.filesOnPage, fields)] : [])].join("\n\n");
  return {
    language,
    subject,
    text: fill(template.text, { ...fields, answer }),
    quote: answered === undefined ? undefined : quoteOf(language, template, answered),
  };
}

function quoteOf(
  language: string,
  template: Template,
  answered: Answered & { to: string },
): Content["quote"] {
  const { address, to, receivedAt, readable } = answered;
  if (!readable || address?.toLowerCase() !== to.toLowerCase()) return undefined;
  const text = quotable(answered.text);
  const date = dateWithYear(localDate(receivedAt), language);
  return text === "" ? undefined : { intro: fill(template.quoted, { date }), text };
}
