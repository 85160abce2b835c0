import { municipality } from "#shared/config.ts";
import { newId, shortHash } from "#shared/ids.ts";
import { readLetter, writeLetter } from "#shared/letter.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { replyLetterSchema, taskLetterSchema, type UnitReply, unitReplyRefused } from "../events.ts";
import { answerOf } from "../handle/answer.ts";
import { andThen, answer, type NoMail } from "../handle/handling.ts";
import { aboutCase, type Case, type Change, inCase, type SealedLetter } from "../register/case.ts";
import { type Actor, findCase, saveChange } from "../register/case-table.ts";
import type { Assignment } from "../register/tasks.ts";
import { rules } from "../rules.ts";
import { answerAssignment, type Replier, returnAssignment, takeAssignment } from "./assignment.ts";
import { findTask, sealTask, type Task } from "./task.ts";
import { acknowledgeTransfer, returnTransfer } from "./transfer.ts";

type Stores = { CASES_TABLE: string; LETTERS_BUCKET: string };

/** Why a unit's reply changes nothing. `not-yours`: another unit was asked. */
export type ReplyRefusal =
  | "no-such-task"
  | "not-yours"
  | "wrong-state"
  | "wrong-status"
  | "no-right-address"
  | "secret-goes-back"
  | NoMail;

/** Others change the case as well; each round decides on what stands then. */
const rounds = 20;

/**
 * What a unit has to say about something that it was asked: from its reply queue or from an officer in the console, all
 * of it ends here. Said again, it changes nothing. What the case does not allow is recorded on it.
 */
export async function applyUnitReply(
  stores: Stores,
  reply: UnitReply,
  by: Replier,
  now: Date,
): Promise<"applied" | "applied-before" | Refused<ReplyRefusal>> {
  for (let round = 1; round <= rounds; round += 1) {
    const task = await findTask(stores.CASES_TABLE, reply.caseId, reply.taskId);
    const current = await findCase(stores.CASES_TABLE, reply.caseId);
    if (task === undefined || current === undefined) return refuse("no-such-task");
    if (task.row.unit === by.unit && saidBefore(task, reply)) return "applied-before";
    const change =
      task.row.unit === by.unit
        ? await decide(stores, current, task, reply, by, now)
        : refuse("not-yours" as const);
    const outcome = isRefused(change)
      ? await save(stores, refusal(current, reply, by, change.refused, now), by)
      : await save(stores, change as Change, by);
    if (outcome === "lost-race") continue;
    return isRefused(change) ? (change as Refused<ReplyRefusal>) : "applied";
  }
  throw new Error(`the case changed in ${rounds} rounds`);
}

async function save({ CASES_TABLE, LETTERS_BUCKET }: Stores, change: Change, by: Replier) {
  for (const letter of change.letters) await writeLetter(LETTERS_BUCKET, letter);
  return await saveChange(CASES_TABLE, change, actor(by));
}

function actor({ unit, person }: Replier): Actor {
  return {
    name: person === null ? unitName(unit) : `${person.name}, ${unitName(unit)}`,
    sub: person?.sub ?? null,
  };
}

function unitName(unit: string): string {
  return municipality().units.find(({ id }) => id === unit)?.name ?? unit;
}

/** The task stands already where the reply would bring it, with the same words. */
function saidBefore({ task, row }: Task, reply: UnitReply): boolean {
  const sameWords = (letter: { sha256: string } | undefined) => row.reply?.sha256 === letter?.sha256;
  switch (reply.reply) {
    case "take":
      return row.state === "taken";
    case "answer":
      return row.state === "answered" && sameWords(reply.letter);
    case "return":
      return row.state === "returned" && row.rightAddress === reply.rightAddress && sameWords(reply.letter);
    case "acknowledge":
      return task === "transfer" && row.state === "acknowledged" && row.diaryNumber === reply.diaryNumber;
  }
}

type Decided = Change | Refused<ReplyRefusal>;

async function decide(
  stores: Stores,
  current: Case,
  task: Task,
  reply: UnitReply,
  by: Replier,
  now: Date,
): Promise<Decided> {
  // Whatever letter a reply names must be there, unharmed and about this task, before it counts.
  if ("letter" in reply && reply.letter !== undefined) {
    const said = await readLetter(stores.LETTERS_BUCKET, reply.letter, replyLetterSchema);
    const own = reply.letter.key.startsWith(`from-${by.unit}/`) && said.taskId === reply.taskId;
    if (!own) return refuse("not-yours");
    if (reply.reply === "answer") return decideAnswer(current, task, { ...reply, text: said.text }, by, now);
  }
  if (reply.reply === "return") return await decideReturn(stores, current, task, reply, by, now);
  if (reply.reply === "acknowledge" && task.task === "transfer")
    return acknowledgeTransfer(current, task.row, pick(reply), now);
  if (reply.reply === "take" && task.task === "assignment") return takeAssignment(current, task.row, by, now);
  return refuse("wrong-state");
}

function pick({ diaryNumber, contact, dueDate }: Extract<UnitReply, { reply: "acknowledge" }>) {
  return { diaryNumber, contact, dueDate };
}

/** To the servicecenter; or to the citizen at once, and then the servicecenter sees what was said. */
function decideAnswer(
  current: Case,
  task: Task,
  reply: Extract<UnitReply, { reply: "answer" }> & { text: string },
  by: Replier,
  now: Date,
): Decided {
  if (task.task === "transfer") return refuse("wrong-state");
  const { to, letter } = reply;
  const answered = (theCase: Case) =>
    answerAssignment(theCase, task.row, { to, reply: letter, by }, rules(), now);
  if (to === "service-centre") return answered(current);
  // Decided on the case as it stands, before anything is sent.
  const alone = answered(current);
  if (isRefused(alone)) return alone;
  const unit = { id: by.unit, name: unitName(by.unit) };
  const messageId = shortHash(`${reply.taskId} to the citizen`);
  const answering = answerOf(current, { messageId, text: reply.text, person: by.person, unit, files: [] });
  const sent = answer(current, answering, rules(), now);
  return isRefused(sent) ? sent : andThen(sent, answered);
}

async function decideReturn(
  stores: Stores,
  current: Case,
  task: Task,
  reply: Extract<UnitReply, { reply: "return" }>,
  by: Replier,
  now: Date,
): Promise<Decided> {
  const { rightAddress } = reply;
  const letter = reply.letter ?? null;
  const known = rightAddress === "outside" || municipality().units.some(({ id }) => id === rightAddress);
  if (!known) return refuse("no-right-address");
  if (task.task === "transfer")
    return returnTransfer(current, task.row, { rightAddress, reply: letter }, now);
  const sendOn = reply.sendOn ? await onward(stores, task.row, rightAddress) : undefined;
  return returnAssignment(current, task.row, { rightAddress, reply: letter, by, sendOn }, now);
}

/** What the next unit is asked: the same, by the same date. The citizen's time does not begin anew. */
async function onward(stores: Stores, { letter, dueDate }: Assignment, unit: string) {
  const asked = await readLetter(stores.LETTERS_BUCKET, letter, taskLetterSchema);
  const assignmentId = newId();
  const sealed: SealedLetter = sealTask({ ...asked, taskId: assignmentId, unit });
  return { assignmentId, dueDate, letter: sealed };
}

/** What a refusal leaves on the case: that it came, from whom, and why nothing came of it. Once for the same reply. */
function refusal(current: Case, reply: UnitReply, by: Replier, code: ReplyRefusal, now: Date): Change {
  const why = code === "not-yours" || code === "no-such-task" ? code : "wrong-state";
  const event = unitReplyRefused.make(inCase(current, now), {
    ...aboutCase(current),
    unit: by.unit,
    taskId: reply.taskId,
    why,
  });
  return {
    command: "refuseReply",
    seen: current.version,
    next: { ...current, version: current.version + 1 },
    events: [event],
    letters: [],
    once: `refused-${shortHash(JSON.stringify([by.unit, reply]))}`,
  };
}
