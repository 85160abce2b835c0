import { apiHandler, type Route } from "#shared/http.ts";
import { findStaff, roles } from "#shared/staff.ts";
import { listUnits } from "./access/list-units.ts";
import { whoAmI } from "./access/who-am-i.ts";
import { assignToUnit } from "./assign/assign-to-unit.ts";
import { listUnitTasks } from "./assign/list-unit-tasks.ts";
import { replyToTask } from "./assign/reply-to-task.ts";
import { showTask } from "./assign/show-task.ts";
import { transferToAuthority } from "./assign/transfer-to-authority.ts";
import type { ReplyRefusal } from "./assign/unit-reply.ts";
import { withdrawAssignment } from "./assign/withdraw-assignment.ts";
import { listMailTexts } from "./correspondence/list-mail-texts.ts";
import type { FileRefusal } from "./correspondence/message-file.ts";
import { openFile } from "./correspondence/open-file.ts";
import type { AttachRefusal } from "./correspondence/sent-file.ts";
import { apiEnv } from "./env.ts";
import { admitCase } from "./handle/admit-case.ts";
import { answerCase } from "./handle/answer-case.ts";
import { classifyCase } from "./handle/classify-case.ts";
import { closeCase } from "./handle/close-case.ts";
import type { CloseRefusal, NoMail } from "./handle/handling.ts";
import { noteCase } from "./handle/note-case.ts";
import { prepareFile } from "./handle/prepare-file.ts";
import { releaseCase } from "./handle/release-case.ts";
import { reopenCase } from "./handle/reopen-case.ts";
import { saveDraft } from "./handle/save-draft.ts";
import { takeCase } from "./handle/take-case.ts";
import { tellCitizen } from "./handle/tell-citizen.ts";
import { watchCase } from "./handle/watch-case.ts";
import type { DutyRefusal } from "./quarantine/duty.ts";
import { finishDuty, listDuties, shareDuty } from "./quarantine/share-duty.ts";
import { findNumber } from "./register/find-number.ts";
import { listCases } from "./register/list-cases.ts";
import { showCase } from "./register/show-case.ts";
import { showMessage } from "./register/show-message.ts";

type Code =
  | "not-found"
  | "changed"
  | "not-held"
  | FileRefusal
  | AttachRefusal
  | "no-such-unit"
  | "date-passed"
  | DutyRefusal
  | "no-such-agent"
  | NoMail
  | CloseRefusal
  | ReplyRefusal;

const agents = ["agent"] as const;
const readers = ["agent", "manager"] as const;
const textReaders = ["agent", "manager", "administrator"] as const;

/** What can be asked of this service, and by whom. */
export const routes: readonly Route<Code>[] = [
  { method: "GET", path: "/cases/me", allow: roles, endpoint: whoAmI },
  { method: "GET", path: "/cases/units", allow: roles, endpoint: listUnits },
  { method: "GET", path: "/cases/mail-texts", allow: textReaders, endpoint: listMailTexts },
  { method: "GET", path: "/cases/worklists/unit/{unit}", allow: roles, endpoint: listUnitTasks },
  { method: "GET", path: "/cases/worklists/{list}", allow: agents, endpoint: listCases },
  { method: "GET", path: "/cases/number/{caseNumber}", allow: readers, endpoint: findNumber },
  { method: "GET", path: "/cases/quarantine/duty", allow: agents, endpoint: listDuties },
  { method: "PUT", path: "/cases/quarantine/duty/{date}", allow: agents, endpoint: shareDuty },
  { method: "POST", path: "/cases/quarantine/duty/{date}/done", allow: agents, endpoint: finishDuty },
  { method: "GET", path: "/cases/{caseId}", allow: readers, endpoint: showCase },
  { method: "GET", path: "/cases/{caseId}/messages/{messageId}", allow: readers, endpoint: showMessage },
  {
    method: "POST",
    path: "/cases/{caseId}/messages/{messageId}/files/{file}",
    allow: readers,
    endpoint: openFile,
  },
  { method: "POST", path: "/cases/{caseId}/admit", allow: agents, endpoint: admitCase },
  { method: "POST", path: "/cases/{caseId}/take", allow: agents, endpoint: takeCase },
  { method: "POST", path: "/cases/{caseId}/release", allow: agents, endpoint: releaseCase },
  { method: "POST", path: "/cases/{caseId}/classify", allow: agents, endpoint: classifyCase },
  { method: "POST", path: "/cases/{caseId}/watch", allow: agents, endpoint: watchCase },
  { method: "POST", path: "/cases/{caseId}/notes", allow: agents, endpoint: noteCase },
  { method: "POST", path: "/cases/{caseId}/files", allow: agents, endpoint: prepareFile },
  { method: "POST", path: "/cases/{caseId}/answer", allow: agents, endpoint: answerCase },
  { method: "POST", path: "/cases/{caseId}/told", allow: agents, endpoint: tellCitizen },
  { method: "POST", path: "/cases/{caseId}/assignments", allow: agents, endpoint: assignToUnit },
  {
    method: "POST",
    path: "/cases/{caseId}/assignments/{assignmentId}/withdraw",
    allow: agents,
    endpoint: withdrawAssignment,
  },
  { method: "POST", path: "/cases/{caseId}/transfer", allow: agents, endpoint: transferToAuthority },
  { method: "POST", path: "/cases/{caseId}/close", allow: agents, endpoint: closeCase },
  { method: "POST", path: "/cases/{caseId}/reopen", allow: agents, endpoint: reopenCase },
  { method: "PUT", path: "/cases/{caseId}/drafts/{box}", allow: roles, endpoint: saveDraft },
  { method: "GET", path: "/cases/{caseId}/tasks/{taskId}", allow: roles, endpoint: showTask },
  { method: "POST", path: "/cases/{caseId}/tasks/{taskId}/reply", allow: roles, endpoint: replyToTask },
];

export const handler = apiHandler<Code>({
  routes,
  statusOf: {
    "not-found": 404,
    "no-such-task": 404,
    "not-yours": 404,
    changed: 409,
    "wrong-status": 409,
    "wrong-state": 409,
    "units-at-work": 409,
    "not-acknowledged": 409,
    "not-told": 409,
    "not-held": 409,
    infected: 409,
    unscannable: 409,
    "not-scanned": 409,
    "no-such-file": 422,
    "file-too-large": 422,
    "too-many-files": 422,
    "files-too-large": 422,
    "not-today": 409,
    "not-a-working-day": 422,
    "no-such-agent": 422,
    "no-such-unit": 422,
    "no-right-address": 422,
    "secret-goes-back": 422,
    "date-passed": 422,
    "no-address": 422,
    "secret-not-by-mail": 422,
  },
  findCaller: (sub, now) => findStaff(apiEnv().STAFF_TABLE, sub, now),
});
