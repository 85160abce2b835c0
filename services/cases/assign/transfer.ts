import { type Refused, refuse } from "#shared/refusal.ts";
import { caseTransferred, transferAcknowledged, transferReturned } from "../events.ts";
import {
  aboutCase,
  type Case,
  type Change,
  inCase,
  mayHappen,
  type SealedLetter,
  stricter,
} from "../register/case.ts";
import type { Person } from "../register/people.ts";
import type { Transfer, TransferState } from "../register/tasks.ts";

/** From which states each thing may be done to a transfer. */
export const transferAllows = {
  acknowledge: ["sent"],
  return: ["sent"],
} as const satisfies Record<string, readonly TransferState[]>;

type Sending = {
  transferId: string;
  unit: string;
  authority: string;
  letter: SealedLetter;
  access: "public" | "secret";
};

/** Hands the matter to the authority that must investigate it. The case stays watched until that is certain. */
export function transferCase(
  current: Case,
  sending: Sending,
  by: Person,
  now: Date,
): Change | Refused<"wrong-status"> {
  const no = mayHappen(current, "transfer");
  if (no !== undefined) return no;
  const { transferId, unit, authority, letter } = sending;
  const access = stricter(current.access, sending.access);
  const next: Case = {
    ...current,
    version: current.version + 1,
    status: "transferring",
    access,
    attention: null,
    assignee: current.assignee ?? by,
    transfer: { transferId, unit, authority, state: "sent" },
  };
  const sentAt = now.toISOString();
  const ref = { key: letter.key, sha256: letter.sha256 };
  const transfer: Transfer = {
    transferId,
    caseId: current.caseId,
    caseNumber: current.caseNumber,
    unit,
    authority,
    state: "sent",
    sentAt,
    sentBy: by.name,
    letter: ref,
    subject: access === "secret" ? null : current.subject,
    endedAt: null,
    diaryNumber: null,
    contact: null,
    dueDate: null,
    reply: null,
    rightAddress: null,
  };
  const event = caseTransferred.make(inCase(current, now), {
    ...aboutCase(current),
    transferId,
    unit,
    authority,
    letter: ref,
    sentAt,
  });
  return {
    command: "transfer",
    seen: current.version,
    next,
    events: [event],
    letters: [letter],
    transfer: { next: transfer, from: "new" },
  };
}

type ReplyRefusal = "wrong-status" | "wrong-state";

function mayEnd(current: Case, transfer: Transfer): Refused<ReplyRefusal> | undefined {
  const no = mayHappen(current, "authorityReplies");
  if (no !== undefined) return no;
  return transfer.state === "sent" ? undefined : refuse("wrong-state");
}

/**
 * The authority has it. What the citizen was told until now did not say who and when: that is ours to do before the
 * case can be closed.
 */
export function acknowledgeTransfer(
  current: Case,
  transfer: Transfer,
  said: { diaryNumber: string; contact: string; dueDate: string },
  now: Date,
): Change | Refused<ReplyRefusal> {
  const no = mayEnd(current, transfer);
  if (no !== undefined) return no;
  const { transferId, unit, authority } = transfer;
  const event = transferAcknowledged.make(inCase(current, now), {
    ...aboutCase(current),
    transferId,
    unit,
    authority,
    dueDate: said.dueDate,
  });
  return {
    command: "authorityReplies",
    seen: current.version,
    next: {
      ...current,
      version: current.version + 1,
      status: "ours",
      attention: "transfer-acknowledged",
      told: null,
      transfer: { transferId, unit, authority, state: "acknowledged" },
    },
    events: [event],
    letters: [],
    transfer: {
      next: { ...transfer, ...said, state: "acknowledged", endedAt: now.toISOString() },
      from: transferAllows.acknowledge,
    },
  };
}

/** Not this authority's: it says whose, and the case is ours again. */
export function returnTransfer(
  current: Case,
  transfer: Transfer,
  returning: { rightAddress: string; reply: Transfer["reply"] },
  now: Date,
): Change | Refused<ReplyRefusal | "no-right-address"> {
  const no = mayEnd(current, transfer);
  if (no !== undefined) return no;
  if (returning.rightAddress === transfer.unit) return refuse("no-right-address");
  const { transferId, unit, authority } = transfer;
  const event = transferReturned.make(inCase(current, now), {
    ...aboutCase(current),
    transferId,
    unit,
    rightAddress: returning.rightAddress,
  });
  return {
    command: "authorityReplies",
    seen: current.version,
    next: {
      ...current,
      version: current.version + 1,
      status: "ours",
      attention: "transfer-returned",
      transfer: { transferId, unit, authority, state: "returned" },
    },
    events: [event],
    letters: [],
    transfer: {
      next: { ...transfer, ...returning, state: "returned", endedAt: now.toISOString() },
      from: transferAllows.return,
    },
  };
}
