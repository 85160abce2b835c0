import { atLeast, atMost, type Budget } from "./figure.ts";

const withQuarter = (goal: number): Budget => atMost(goal, goal * 1.25);
const exactly = (value: number): Budget => atMost(value, value);

/** What each figure of the bench is held against: the goal, and what is accepted at least. */
export const budgets = {
  handlerToFloor: atLeast(0.85, 0.7),
  mailAndCaseWrites: withQuarter(24),
  acknowledgementWrites: withQuarter(10),
  countingWrites: withQuarter(9),
  wholeWrites: withQuarter(44),
  wholeReads: withQuarter(4),
  replyWrites: withQuarter(18),
  listRequests: exactly(1),
  listReads: withQuarter(4),
  caseRequests: exactly(3),
  statisticsRequests: exactly(3),
  grownRequests: exactly(0),
  grownScan: exactly(0),
  grownBytesPercent: exactly(1),
  // Ledgers and booking; what is told and who comes are in the bands.
  holdWrites: exactly(6),
  bookWrites: atMost(12, 12),
  holdIndexes: exactly(2),
  winners: exactly(1),
  needlessRefusals: exactly(0),
  listMs: atMost(8, 15),
  contactsUsd: atMost(10, 13),
  logBytesPerCall: withQuarter(300),
  readySeconds: atMost(15, 30),
  runnerMiB: atMost(900, 900),
} as const satisfies Record<string, Budget>;

/** KB that a bundle may be larger than one of the document client alone. */
export function bundleAllowance(name: string, bytes: { s3: boolean }): Budget {
  const goal = ownAllowance[name] ?? (bytes.s3 ? 230 : 75);
  return atMost(goal, Math.round(goal * 1.1));
}

const ownAllowance: Record<string, number> = { "email/receive-mail": 260, "email/send-mail": 340 };
