import type { Refused } from "#shared/refusal.ts";
import type { Urgency } from "#shared/urgency.ts";
import { messageReceived } from "../events.ts";
import {
  aboutCase,
  type Case,
  type Change,
  inCase,
  type Message,
  mayHappen,
  type Rules,
  type SealedLetter,
} from "../register/case.ts";
import { raised, receiveMessage } from "../register/registration.ts";

/** What was written on the case page, by somebody who had its link. */
export type PageMessage = { messageId: string; letter: SealedLetter; urgency?: Urgency | undefined };

/** Takes a message from the citizen's case page into the case. The same form sent again is the same message. */
export function receiveFromPage(
  current: Case,
  written: PageMessage,
  rules: Rules,
  now: Date,
): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "receive");
  if (no !== undefined) return no;
  const arrivedAt = now.toISOString();
  const { messageId, letter, urgency } = written;
  const next = receiveMessage(current, { arrivedAt, asks: true }, rules);
  const event = messageReceived.make(inCase(current, now), {
    ...aboutCase(current),
    channel: "web",
    messageId,
    arrivedAt,
    reopened: current.status === "closed" && next.status !== "closed",
    readable: true,
    urgency,
  });
  const message: Message = {
    messageId,
    direction: "in",
    channel: "web",
    arrivedAt,
    subject: null,
    sender: current.sender,
    trust: null,
    newSender: false,
    unreadable: false,
    nature: "ordinary",
    secured: null,
    replyTo: null,
    copies: 0,
    attachments: [],
    letter: { key: letter.key, sha256: letter.sha256 },
  };
  const change: Change = {
    command: "receive",
    seen: current.version,
    next,
    events: [event],
    letters: [letter],
    message,
    once: `page-${messageId}`,
  };
  return urgency === undefined ? change : raised(change, messageId, urgency, now);
}

/** How far the question has come, as its citizen sees it. */
export type Step = "received" | "at-work" | "answered";

export function stepOf({ status, told, assignee }: Case): Step {
  if (status === "closed" || told !== null) return "answered";
  return status === "with-unit" || status === "transferring" || assignee !== null ? "at-work" : "received";
}
