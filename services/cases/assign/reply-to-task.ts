import * as z from "zod/mini";
import { defineEndpoint } from "#shared/http.ts";
import { writeLetter } from "#shared/letter.ts";
import { isRefused, refuse } from "#shared/refusal.ts";
import { apiEnv } from "../env.ts";
import type { UnitReply } from "../events.ts";
import { dateField, textField } from "../handle/change-case.ts";
import { dropDraft } from "../handle/draft-table.ts";
import { idParam } from "../register/show-case.ts";
import { findTask, sealReply } from "./task.ts";
import { readTask, taskViewSchema } from "./task-view.ts";
import { applyUnitReply } from "./unit-reply.ts";

const saying = z.discriminatedUnion("reply", [
  z.object({ reply: z.literal("take") }),
  z.object({ reply: z.literal("answer"), to: z.enum(["service-centre", "citizen"]), text: textField }),
  z.object({
    reply: z.literal("return"),
    rightAddress: z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/)),
    sendOn: z.boolean(),
    text: z.string().check(z.trim(), z.maxLength(20_000)),
  }),
  z.object({
    reply: z.literal("acknowledge"),
    diaryNumber: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
    contact: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    dueDate: dateField,
  }),
]);
type Saying = z.infer<typeof saying>;

/** An officer answers for their unit. */
export const replyToTask = defineEndpoint({
  params: z.object({ caseId: idParam, taskId: idParam }),
  query: z.object({}),
  body: saying,
  answer: taskViewSchema,
  current: taskViewSchema,
  run: async ({ params, body, caller, now }) => {
    const env = apiEnv();
    const task = await findTask(env.CASES_TABLE, params.caseId, params.taskId);
    if (task === undefined || !caller.units.includes(task.row.unit)) return refuse("not-found");
    const { unit } = task.row;
    const reply = await sealed(body, params, unit);
    const by = { unit, person: { sub: caller.sub, name: caller.name } };
    const outcome = await applyUnitReply(env, reply, by, now);
    if (!isRefused(outcome)) await dropDraft(env.CASES_TABLE, params.caseId, caller.sub, params.taskId);
    const view = await readTask(params, { caller, now });
    return isRefused(outcome) && !isRefused(view) ? refuse(outcome.refused, view) : view;
  },
});

/** The reply as a unit's own system would put it on the queue: its words in a letter. */
async function sealed(
  said: Saying,
  { caseId, taskId }: { caseId: string; taskId: string },
  unit: string,
): Promise<UnitReply> {
  const task = { caseId, taskId };
  if (said.reply === "take" || said.reply === "acknowledge") return { ...said, ...task };
  const letter = sealReply(unit, taskId, said.text);
  await writeLetter(apiEnv().LETTERS_BUCKET, letter);
  const ref = { key: letter.key, sha256: letter.sha256 };
  if (said.reply === "answer") return { reply: said.reply, to: said.to, ...task, letter: ref };
  const { reply, rightAddress, sendOn } = said;
  return { reply, rightAddress, sendOn, ...task, letter: said.text === "" ? undefined : ref };
}
