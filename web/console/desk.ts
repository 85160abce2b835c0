import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { CaseFile, CaseRow } from "./api/case-schemas.ts";
import { type Api, type CaseList, createApi } from "./api/client.ts";
import { createRequest } from "./api/request.ts";
import type { TaskRow } from "./api/task-schemas.ts";
import { upload } from "./api/upload.ts";
import { createAnswerFiles } from "./case/answer-files.ts";
import type { Directory } from "./directory.ts";
import { createDrafts } from "./drafts.ts";
import { createFetchCache } from "./fetch-cache.ts";
import { createWorklistStore, type WorklistStore } from "./list/worklist-store.ts";
import type { Session } from "./session.ts";

export type Stores = ReturnType<typeof createStores>;
export type ListedCase = CaseRow & { id: string };
export type ListedTask = TaskRow & { id: string };

/** The session ends here a minute before its token does: what was being written is still saved. */
const GRACE_MS = 30_000;

/** All that has been fetched and written in a session; it goes with the session. */
export function createStores(session: Session, onSignedOut: () => void) {
  const request = createRequest({
    accessToken: () => (session.expiresAtMs + GRACE_MS > Date.now() ? session.accessToken : undefined),
    onSignedOut,
  });
  const api: Api = createApi(request);
  const caseList = (list: CaseList): WorklistStore<ListedCase> =>
    createWorklistStore((cursor, signal) => api.cases(list, cursor, signal), Date.now);
  const cases = {
    unassigned: caseList("unassigned"),
    mine: caseList("mine"),
    waiting: caseList("waiting"),
    quarantine: caseList("quarantine"),
  };
  const taskLists = new Map<string, WorklistStore<ListedTask>>();
  const drafts = createDrafts(api.saveDraft);
  const files = createFetchCache(api.caseFile);
  const duties = createFetchCache((_key, signal) => api.duties(signal));

  return {
    api,
    /** For views that are fetched when they are first opened, and know their own part of the API. */
    request,
    cases,
    drafts,
    answerFiles: createAnswerFiles({ prepare: api.prepareFile, put: upload }),
    files,
    people: createFetchCache((_key, signal) => api.me(signal)),
    units: createFetchCache((_key, signal) => api.units(signal)),
    mailTexts: createFetchCache((_key, signal) => api.mailTexts(signal)),
    duties,
    alerts: createFetchCache(api.alerts),
    numbers: createFetchCache(api.numbered),
    texts: createFetchCache(api.messageText),
    tasks: createFetchCache(api.task),
    days: createFetchCache(api.days),
    countedCases: createFetchCache(api.countedCases),
    taskList(unit: string): WorklistStore<ListedTask> {
      const known = taskLists.get(unit);
      if (known !== undefined) return known;
      const list = createWorklistStore((cursor, signal) => api.tasks(unit, cursor, signal), Date.now);
      taskLists.set(unit, list);
      return list;
    },
    /** The row of whichever list has the case: shown until the case itself has come. */
    findRow: (caseId: string): ListedCase | undefined =>
      Object.values(cases)
        .map((list) => list.find(caseId))
        .find((row) => row !== undefined),
    /** Takes what a change of a case answered, and has the open lists follow. */
    took(file: CaseFile): void {
      files.put(file.case.caseId, file);
      for (const list of Object.values(cases)) void list.changed(file.case.caseId);
      if (file.case.quarantine !== null) void duties.revalidate("duties");
    },
  };
}

/** What every view works at: the session's stores, who is who, and a place to say how something went. */
export type Desk = Stores & {
  me: { name: string; sub: string | undefined; roles: readonly string[]; units: readonly string[] };
  directory: Directory;
  say: (notice: Notice) => void;
};

/** How something went, and the way back where there is one. */
export type Notice = { text: string; undo?: { text: string; run: () => void } };

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error("no desk around this view");
  return desk;
}
