import * as z from "zod/mini";
import { writeLetter } from "#shared/letter.ts";
import { isRefused, type Refused, refuse } from "#shared/refusal.ts";
import { type Reader, readCase } from "../access/read-case.ts";
import { apiEnv } from "../env.ts";
import type { Change } from "../register/case.ts";
import { type CaseFile, saveChange } from "../register/case-table.ts";
import { type CaseView, caseView, caseViewSchema } from "../register/case-view.ts";
import type { Person } from "../register/people.ts";
import { idParam } from "../register/show-case.ts";

/** What every change of a case by an agent has in common, for its `defineEndpoint`. */
export const changes = {
  params: z.object({ caseId: idParam }),
  query: z.object({}),
  answer: caseViewSchema,
  current: caseViewSchema,
};

/** The version of the case that the agent had before their eyes. */
export const version = z.int().check(z.positive());
/** What somebody writes to somebody. */
export const textField = z.string().check(z.trim(), z.minLength(1), z.maxLength(20_000));
/** A calendar date. */
export const dateField = z.iso.date();

type Asked = Reader & { params: { caseId: string }; body: { version: number } };

/**
 * Changes a case: load → decide → letters → save. When it is no longer the case that the agent saw, nothing happens and
 * they get the case as it stands (`changed`); so they do with every other refusal.
 */
export async function changeCase<Code extends string>(
  { params, body, caller, now }: Asked,
  decide: (file: CaseFile, by: Person) => Promise<Change | Refused<Code>> | Change | Refused<Code>,
): Promise<CaseView | Refused<Code | "not-found" | "changed">> {
  const file = await readCase(params.caseId, { caller, now }, "case");
  if (isRefused(file)) return file;
  const standing = () => caseView(file, caller, now);
  if (file.case.version !== body.version) return refuse("changed", standing());
  const change = await decide(file, { sub: caller.sub, name: caller.name });
  if ("refused" in change) return refuse(change.refused, standing());
  for (const letter of change.letters) await writeLetter(apiEnv().LETTERS_BUCKET, letter);
  const saved = await saveChange(apiEnv().CASES_TABLE, change, caller);
  const after = await readCase(params.caseId, { caller, now }, "case");
  if (isRefused(after)) return after;
  return saved === "saved" ? caseView(after, caller, now) : refuse("changed", caseView(after, caller, now));
}
