import type { Writer } from "./writer.ts";

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
  return facts.attachments === 0 && isThanks(facts.ownText) ? "thanks" : "ordinary";
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

const awaySubject =
  /^((sv|re|vs|aw): )*(automatiskt svar|autosvar|frånvaro|frånvarande|inte på kontoret|automatic reply|auto(matic)? ?reply|out of (the )?office|automaattinen vastaus|poissaoloviesti)\b/;

/** RFC 3834 §5 `auto-replied`, Exchange's rules, vacation programs, and the subjects that such programs write. */
function isAbsence({ fields, subject }: NatureFacts): boolean {
  const has = (name: string, value: RegExp) =>
    fields.some((field) => field.key === name && value.test(field.value));
  return (
    has("auto-submitted", /^\s{0,5}auto-replied/i) ||
    has("x-autoreply", /./) ||
    has("x-autorespond", /./) ||
    has("x-ms-exchange-inbox-rules-loop", /./) ||
    has("precedence", /^\s{0,5}auto_reply/i) ||
    awaySubject.test(subject.toLowerCase().trim())
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
    "fin bästa vänlig vänligen hälsning hälsningar med mvh på alla i och " +
    "you very much so many for your the a quick reply answer help great perfect have nice day weekend best kind regards wonderful " +
    "paljon avusta nopeasta vastauksesta vastaus hyvää päivää päivänjatkoa viikonloppua terveisin ystävällisin"
  ).split(" "),
);
/** After these comes a name. */
const closing = new Set("mvh hälsningar hälsning vänligen regards terveisin".split(" "));
const longest = { words: 30, name: 4 };

/** Whether somebody only thanks. One word more, a question mark or a figure, and they may want something. */
export function isThanks(text: string): boolean {
  if (/[?\d]/.test(text)) return false;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length > longest.words || !words.some((word) => thanking.has(word))) return false;
  const end = words.findIndex((word) => closing.has(word));
  const said = end < 0 ? words : words.slice(0, end);
  const name = end < 0 ? [] : words.slice(end + 1).filter((word) => !around.has(word) && !closing.has(word));
  return said.every((word) => thanking.has(word) || around.has(word)) && name.length <= longest.name;
}
