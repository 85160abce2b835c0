import type { Assignment, CaseFile, Message, Transfer } from "./api/case-schemas.ts";
import { createDirectory } from "./directory.ts";

/** A case for tests: somebody has asked, and nobody has answered. */
export function caseFile(
  about: Partial<CaseFile["case"]> = {},
  more: Partial<Omit<CaseFile, "case">> = {},
): CaseFile {
  return {
    case: {
      caseId: "c",
      caseNumber: "BJO-2026-000001",
      status: "ours",
      attention: null,
      access: "public",
      assignee: { sub: "amina", name: "Amina" },
      channel: "email",
      arrivedAt: "2026-11-23T08:00:00Z",
      nextDate: "2026-11-27",
      subject: "Altan",
      sender: { name: "Åsa", address: "asa@example.org" },
      unreadable: false,
      messageCount: 1,
      triage: { kind: "question", unit: null, urgency: null },
      version: 3,
      owner: "servicecenter",
      openedAt: "2026-11-23T08:00:00Z",
      promisedDate: "2026-11-25",
      told: null,
      closeReason: null,
      quarantine: null,
      mentions: [],
      ...about,
    },
    messages: [],
    assignments: [],
    transfers: [],
    notes: [],
    outgoing: [],
    meetings: [],
    drafts: [],
    history: [],
    may: [],
    noMail: null,
    closeReasons: [],
    ...more,
  };
}

export function message(messageId: string, more: Partial<Message> = {}): Message {
  return {
    messageId,
    direction: "in",
    channel: "email",
    arrivedAt: "2026-11-23T08:00:00Z",
    subject: null,
    sender: { name: null, address: "asa@example.org" },
    trust: "verified",
    newSender: false,
    unreadable: false,
    nature: "ordinary",
    secured: null,
    replyTo: null,
    copies: 0,
    attachments: [],
    ...more,
  };
}

export function assignment(assignmentId: string, more: Partial<Assignment> = {}): Assignment {
  return {
    assignmentId,
    unit: "bygglov",
    state: "sent",
    sentAt: "2026-11-23T09:00:00Z",
    sentBy: "Amina",
    endedAt: null,
    rightAddress: null,
    hasReply: false,
    dueDate: "2026-11-26",
    laps: 0,
    takenBy: null,
    answeredTo: null,
    ...more,
  };
}

export function transfer(transferId: string, more: Partial<Transfer> = {}): Transfer {
  return {
    transferId,
    unit: "bygglov",
    authority: "bmn",
    state: "sent",
    sentAt: "2026-11-23T10:00:00Z",
    sentBy: "Amina",
    endedAt: null,
    rightAddress: null,
    hasReply: false,
    diaryNumber: null,
    contact: null,
    dueDate: null,
    ...more,
  };
}

export const directory = createDirectory(
  {
    serviceCentre: { id: "servicecenter", name: "Servicecenter" },
    urgent: { name: "Socialjouren", phone: "070-174 06 20" },
    units: [
      {
        id: "bygglov",
        name: "Bygglov",
        department: "Utveckling",
        authorities: [{ id: "bmn", name: "Byggnämnden" }],
        secret: false,
      },
      { id: "miljo", name: "Miljö", department: "Utveckling", authorities: [], secret: false },
    ],
  },
  "Servicecenter",
);
