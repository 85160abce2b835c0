import * as z from "zod/mini";
import { alertsSchema } from "./alert-schemas.ts";
import {
  caseFileSchema,
  caseRowSchema,
  fileAddressSchema,
  messageTextSchema,
  preparedFileSchema,
  savedDraftSchema,
} from "./case-schemas.ts";
import { mailTextsSchema, meSchema, unitsSchema } from "./desk-schemas.ts";
import { countedCasesSchema, daysSchema } from "./figure-schemas.ts";
import { casePath, draftPath, taskPath } from "./paths.ts";
import { dutiesSchema, numberSchema } from "./quarantine-schemas.ts";
import type { Request } from "./request.ts";
import { type TaskReply, taskRowSchema, taskSchema } from "./task-schemas.ts";

const casesPageSchema = z.object({ cases: z.array(caseRowSchema), cursor: z.nullable(z.string()) });
const tasksPageSchema = z.object({ tasks: z.array(taskRowSchema), cursor: z.nullable(z.string()) });

/** The lists of the servicecenter. */
export type CaseList = "unassigned" | "mine" | "waiting" | "quarantine";
/** What an agent can do with a case, by its path below the case's. */
export type CaseAction =
  | "admit"
  | "take"
  | "release"
  | "classify"
  | "watch"
  | "notes"
  | "answer"
  | "told"
  | "assignments"
  | "transfer"
  | "close"
  | "reopen"
  | `assignments/${string}/withdraw`;

const DUTY_PATH = "/cases/quarantine/duty";
const BAD_ID = [400, 403, 404] as const;

export type Api = ReturnType<typeof createApi>;

/** The API as the console sees it. */
export function createApi({ get, change }: Request) {
  const from = (cursor: string | null): string =>
    cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  return {
    me: (signal: AbortSignal) => get("/cases/me", meSchema, signal),
    units: (signal: AbortSignal) => get("/cases/units", unitsSchema, signal),
    mailTexts: (signal: AbortSignal) => get("/cases/mail-texts", mailTextsSchema, signal),
    cases: async (list: CaseList, cursor: string | null, signal: AbortSignal) => {
      const page = await get(`/cases/worklists/${list}${from(cursor)}`, casesPageSchema, signal);
      return { rows: page.cases.map((row) => ({ id: row.caseId, ...row })), cursor: page.cursor };
    },
    tasks: async (unit: string, cursor: string | null, signal: AbortSignal) => {
      const path = `/cases/worklists/unit/${encodeURIComponent(unit)}${from(cursor)}`;
      const page = await get(path, tasksPageSchema, signal);
      return { rows: page.tasks.map((row) => ({ id: row.taskId, ...row })), cursor: page.cursor };
    },
    caseFile: (caseId: string, signal: AbortSignal) => get(casePath(caseId), caseFileSchema, signal, BAD_ID),
    messageText: (path: string, signal: AbortSignal) => get(path, messageTextSchema, signal),
    task: (path: string, signal: AbortSignal) => get(path, taskSchema, signal, BAD_ID),
    days: (path: string, signal: AbortSignal) => get(path, daysSchema, signal),
    countedCases: (path: string, signal: AbortSignal) => get(path, countedCasesSchema, signal, BAD_ID),
    changeCase: (caseId: string, action: CaseAction, body: { version: number }) =>
      change("POST", `${casePath(caseId)}/${action}`, body, caseFileSchema),
    replyToTask: (caseId: string, taskId: string, body: TaskReply) =>
      change("POST", `${taskPath(caseId, taskId)}/reply`, body, taskSchema),
    numbered: (caseNumber: string, signal: AbortSignal) =>
      get(`/cases/number/${encodeURIComponent(caseNumber)}`, numberSchema, signal, BAD_ID),
    alerts: (office: string, signal: AbortSignal) =>
      get(
        `/booking/alerts${office === "" ? "" : `?office=${encodeURIComponent(office)}`}`,
        alertsSchema,
        signal,
      ),
    duties: (signal: AbortSignal) => get(DUTY_PATH, dutiesSchema, signal),
    shareDuty: (date: string, body: { sub: string | null; was: string | null }) =>
      change("PUT", `${DUTY_PATH}/${date}`, body, dutiesSchema),
    finishDuty: (date: string) => change("POST", `${DUTY_PATH}/${date}/done`, {}, dutiesSchema),
    /** Asks for a file of a message. `anyway`: although nobody could look into it. */
    openFile: (message: string, sha256: string, anyway: boolean) =>
      change("POST", `${message}/files/${sha256}`, { anyway }, fileAddressSchema),
    /** Makes a file ready to go with an answer, or asks how far it has come. */
    prepareFile: (caseId: string, about: { name: string; bytes: number; sha256: string }) =>
      change("POST", `${casePath(caseId)}/files`, about, preparedFileSchema),
    saveDraft: (caseId: string, box: string, text: string) =>
      change("PUT", draftPath(caseId, box), { text }, savedDraftSchema),
  };
}
