import { firstWord, hasAutomaticSubject, valuesOf, type Writer } from "./writer.ts";

/**
 * What a mail is, for what follows on it. *thanks*: nothing but thanks, so nobody waits for an answer. *absence*: an
 * automatic reply that somebody is away; we still wait for them. *delivery-report*: what became of a mail of ours.
 * *ordinary*: all else, machines' other mail too.
 */
export const natureCodes = ["ordinary", "thanks", "absence", "delivery-report"] as const;
export type Nature = (typeof natureCodes)[number];

type Field = { key: string; value: string };

export type NatureFacts = {
  writer: Writer;
  fields: readonly Field[];
  subject: string;
  /** What the sender wrote now: without quotes and signature. */
  ownText: string;
  attachments: number;
};

export function natureOf(facts: NatureFacts): Nature {
  if (isDeliveryReport(facts.fields)) return "delivery-report";
  if (facts.writer === "machine") return isAbsence(facts) ? "absence" : "ordinary";
  if (facts.writer === "unsure" || facts.attachments > 0) return "ordinary";
  return isThanks(facts.ownText) ? "thanks" : "ordinary";
}

/** RFC 3462 §1 and RFC 3464 §2; the other field is an older server's way. */
function isDeliveryReport(fields: readonly Field[]): boolean {
  return fields.some(
    ({ key, value }) =>
      key === "x-failed-recipients" ||
      (key === "content-type" &&
        /^multipart\/report\b/i.test(value) &&
        /report-type\s{0,5}=\s{0,5}"?delivery-status/i.test(value)),
  );
}

/**
 * RFC 3834 §5 `auto-replied`, and vacation programs. Exchange's rules ask for silence as well; the subjects that programs write are proof
 * only on a mail that answers by itself, since people write them too.
 */
function isAbsence({ fields, subject }: NatureFacts): boolean {
  const has = (name: string, value: RegExp) => valuesOf(fields, name).some((found) => value.test(found));
  return (
    has("auto-submitted", /^\s{0,5}auto-replied/i) ||
    has("x-autoreply", /./) ||
    has("x-autorespond", /./) ||
    has("precedence", /^\s{0,5}auto_reply/i) ||
    (has("x-ms-exchange-inbox-rules-loop", /./) && asksForSilence(fields)) ||
    (hasAutomaticSubject(subject) && answersByItself(fields))
  );
}

function asksForSilence(fields: readonly Field[]): boolean {
  return valuesOf(fields, "x-auto-response-suppress").some((value) => firstWord(value) !== "none");
}

function answersByItself(fields: readonly Field[]): boolean {
  return (
    asksForSilence(fields) ||
    valuesOf(fields, "return-path")[0]?.replace(/\s/g, "") === "<>" ||
    valuesOf(fields, "auto-submitted").some((value) => firstWord(value) !== "no")
  );
}

/** Words of which a mail that only thanks consists, in the languages that we meet. One of the first group must be there. */
const thanking = new Set(
  "tack tackar tusentack tacksam tacksamma thanks thank kiitos kiitoksia takk danke merci".split(" "),
);
const around = new Set(
  (
    "tusen hej hejsan hallå hello hi hei moi god morgon dag eftermiddag kväll ok okej okay då så mycket många stort jätte jättemycket " +
    "super superbra jättebra bra fint toppen perfekt utmärkt underbart vad kul snällt skönt för svar svaret ert ditt er din " +
    "era hjälp hjälpen snabbt snabba snabb svaren informationen info information återkoppling återkopplingen beskedet besked " +
    "hjälpsamheten det den här mejlet du ni dig vi jag var är nu vet vänligt vänliga trevlig trevliga helg ha en fortsatt " +
    "fin bästa vänlig hälsning hälsningar med mvh på alla i och " +
    "you very much so many for your the a quick reply answer help great perfect have nice day weekend best kind regards wonderful " +
    "paljon avusta nopeasta vastauksesta vastaus hyvää päivää päivänjatkoa viikonloppua terveisin ystävällisin"
  ).split(" "),
);
/** After these comes a name. *Vänligen* does not: what people ask for comes after it. */
const closing = /(?<!\p{L})(?:mvh|hälsningar|hälsning|regards|terveisin)(?!\p{L})/iu;
const longest = { words: 30, name: 4 };

/** Whether somebody only thanks. One word more, a question mark or a figure, and they may want something. */
export function isThanks(text: string): boolean {
  const written = text.normalize("NFC");
  if (/[?\d]/.test(written)) return false;
  const words = wordsOf(written);
  if (words.length > longest.words || !words.some((word) => thanking.has(word.toLowerCase()))) return false;
  const [thanks = "", ...names] = written.split(closing);
  return isAround(thanks) && names.every((name) => isAround(name) || isName(name));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\p{L}+/gu) ?? [];
}

function isAround(text: string): boolean {
  return wordsOf(text).every((word) => thanking.has(word.toLowerCase()) || around.has(word.toLowerCase()));
}

/** A name: one word, or a few that begin with a capital and have no end of a sentence between them. */
function isName(text: string): boolean {
  const words = wordsOf(text);
  if (words.length === 1) return true;
  const oneSentence = !/[.!:;]\s*\p{L}/u.test(text);
  return words.length <= longest.name && oneSentence && words.every((word) => /^\p{Lu}/u.test(word));
}
