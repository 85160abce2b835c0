export type AlarmFields = {
  caseNumber: string;
  /** Where the case is read, after signing in. */
  link: string;
  serviceCentre: string;
  phone: string;
};

/** What goes to whoever is on call: that something cannot wait, and where it is read. Never what, nor whom it is about. */
export function onCallAlarm(fields: AlarmFields): { subject: string; text: string } {
  return {
    subject: `BRÅDSKANDE: ${fields.caseNumber}`,
    text: [
      `${fields.serviceCentre} har fått något som inte kan vänta, ärende ${fields.caseNumber}.`,
      "",
      "Logga in och läs nu:",
      fields.link,
      "",
      `Kommer du inte in? Ring servicecentret, ${fields.phone}.`,
      "Svara inte på det här mejlet: svaret når inte ärendet.",
      "",
    ].join("\n"),
  };
}
