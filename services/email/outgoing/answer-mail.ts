/** What stands around an answer. */
export type AnswerFields = {
  text: string;
  caseNumber: string;
  /** A unit that signs beside the municipality. */
  signedBy: string | null;
  organisation: string;
  serviceCentre: string;
  phone: string;
  /** The citizen's page about the case. */
  page: string;
};

/** The text of an answer: what was written, who answers, and the way on. */
export function answerText(fields: AnswerFields): string {
  return [
    fields.text,
    "",
    fields.signedBy ?? fields.serviceCentre,
    fields.organisation,
    `Telefon ${fields.phone}`,
    "",
    `Ärendenummer: ${fields.caseNumber}. Undrar du något mer? Svara på det här mejlet.`,
    `Följ ditt ärende: ${fields.page}`,
    "",
  ].join("\n");
}
