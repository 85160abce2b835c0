import { apiHandler, type Route } from "#shared/http.ts";
import { findStaff, roles } from "#shared/staff.ts";
import { whoAmI } from "./access/who-am-i.ts";
import { apiEnv } from "./env.ts";
import { listIntake } from "./register/list-intake.ts";
import { showCase } from "./register/show-case.ts";
import { showMessage } from "./register/show-message.ts";

type Code = "not-found";

/** What can be asked of this service, and by whom. */
export const routes: readonly Route<Code>[] = [
  { method: "GET", path: "/cases/me", allow: roles, endpoint: whoAmI },
  { method: "GET", path: "/cases/worklists/intake", allow: ["agent"], endpoint: listIntake },
  { method: "GET", path: "/cases/{caseId}", allow: ["agent"], endpoint: showCase },
  { method: "GET", path: "/cases/{caseId}/messages/{messageId}", allow: ["agent"], endpoint: showMessage },
];

export const handler = apiHandler<Code>({
  routes,
  statusOf: { "not-found": 404 },
  findCaller: (sub, now) => findStaff(apiEnv().STAFF_TABLE, sub, now),
});
