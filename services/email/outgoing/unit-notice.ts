import { swedishDate } from "#shared/time/swedish-date.ts";

export type NoticeFields = {
  news: "assignment" | "transfer" | "message";
  caseNumber: string;
  /** `2026-11-26`, of an assignment. */
  dueDate: string | undefined;
  /** Where the task is read and answered, after signing in. */
  link: string;
  serviceCentre: string;
  phone: string;
};

/** What a unit's mailbox is told of a booking that waits for its answer. */
export function requestNotice({
  link,
  serviceCentre,
  phone,
}: Pick<NoticeFields, "link" | "serviceCentre" | "phone">): { subject: string; text: string } {
  return {
    subject: "En bokning väntar på ert svar",
    text: [
      "Hej!",
      "",
      "Någon har bokat en tid hos er, och tiden hålls tills ni har sagt ja eller nej.",
      "",
      "Logga in för att svara:",
      link,
      "",
      "Svara inte på det här mejlet: svaret når ingen.",
      `Frågor? Ring ${serviceCentre}, ${phone}.`,
      "",
    ].join("\n"),
  };
}

/** What a unit's mailbox is told: that there is something, and where. Never what it is about, nor whom. */
export function unitNotice(fields: NoticeFields): { subject: string; text: string } {
  const what = {
    assignment: "ett uppdrag till er",
    transfer: "ett ärende att lämna över till er nämnd",
    message: "fått mer i ett ärende som er nämnd har",
  }[fields.news];
  const due = fields.dueDate === undefined ? [] : [`Svara senast ${swedishDate(fields.dueDate)}.`];
  return {
    subject: `Nytt från servicecentret: ${fields.caseNumber}`,
    text: [
      "Hej!",
      "",
      `${fields.serviceCentre} har ${what}, ärende ${fields.caseNumber}.`,
      ...due,
      "",
      "Logga in för att läsa och svara:",
      fields.link,
      "",
      "Svara inte på det här mejlet: svaret når inte ärendet.",
      `Frågor? Ring servicecentret, ${fields.phone}.`,
      "",
    ].join("\n"),
  };
}
