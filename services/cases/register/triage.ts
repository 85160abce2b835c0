import { type WordGroups, wordsIn } from "#shared/words.ts";

/**
 * What a mail seems to be about, by the words of the config: a proposal for whoever reads it, and for two kinds a clock of
 * their own. *disclosure*: somebody asks for official documents. *appeal*: against a decision; it goes to whoever decided,
 * at once. *invoice*: nobody waits for an answer.
 */
export const caseKinds = ["question", "disclosure", "appeal", "complaint", "application", "invoice"] as const;
export type CaseKind = (typeof caseKinds)[number];

export type TriageRule = {
  words: WordGroups;
  kind?: Exclude<CaseKind, "question"> | undefined;
  unit?: string | undefined;
};

export type Proposal = { kind: CaseKind; unit: string | undefined };

/** The first rule that fits gives the kind, the first that names one gives the unit. */
export function propose(text: string, rules: readonly TriageRule[]): Proposal {
  const has = wordsIn(text);
  const fitting = rules.filter(({ words }) => has(words));
  return {
    kind: fitting.find(({ kind }) => kind !== undefined)?.kind ?? "question",
    unit: fitting.find(({ unit }) => unit !== undefined)?.unit,
  };
}

/**
 * A subject as lists may show it: an identity number, of a person or a firm, stands there with its last four digits hidden
 * (the Tax Agency's forms, with or without century and hyphen).
 */
export function withoutIdentityNumbers(subject: string): string {
  return subject.replace(
    /(?<!\d)((?:19|20)?(\d{6})[-+ ]?)(\d{4})(?!\d)/g,
    (number, kept: string, date: string, last: string) =>
      isDate(date) && isChecked(`${date}${last}`) ? `${kept}••••` : number,
  );
}

/** Month and day of `yymmdd`; a coordination number has 60 added to the day, an organisation's 20 or more for the month. */
function isDate(digits: string): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4)) % 60;
  return month >= 20 || (month >= 1 && month <= 12 && day >= 1 && day <= 31);
}

/** The last of ten digits is a check digit by Luhn's rule (SKV 704). */
function isChecked(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}
