import type { CaseObject, TaskObject } from "./r47-access-world.ts";

/** Who asks, as much of them as gives rights. */
export type Asking = { sub: string; roles: readonly string[]; units: readonly string[] };
/** What a request is about. `task` and `message` only where they lie in that very case. */
export type About = {
  case: CaseObject | undefined;
  task: TaskObject | undefined;
  hasMessage: boolean;
  parts: Readonly<Record<string, string>>;
};

const has = (asking: Asking, ...roles: string[]) => roles.some((role) => asking.roles.includes(role));

/** An agent reads every case; a manager what is known to be public; nobody else reads a case at all. */
export function readsCase(asking: Asking, one: CaseObject): boolean {
  return has(asking, "agent") || (has(asking, "manager") && one.access === "public");
}

const inUnit = (asking: Asking, { unit }: TaskObject) => asking.units.includes(unit);

/** Whether something that tells of a case may stand in an answer to somebody at all. */
export function maySeeOf(asking: Asking, one: CaseObject): boolean {
  return readsCase(asking, one) || one.tasks.some((task) => inUnit(asking, task));
}

type Rule = (asking: Asking, about: About) => boolean;
const anybody: Rule = (asking) => asking.roles.length > 0;
const figures: Rule = (asking) => has(asking, "manager", "agent", "administrator");
const readers: Rule = (asking, about) => about.case !== undefined && readsCase(asking, about.case);
const agents: Rule = (asking, about) => has(asking, "agent") && about.case !== undefined;
const theUnit: Rule = (asking, { task }) => task !== undefined && inUnit(asking, task);

/**
 * Who may do what, written from what the service centre promises its citizens and not from the route table: a route
 * that is not here is a fault of the case, so that a new one gets its rule.
 */
export const rules: Readonly<Record<string, Rule>> = {
  "GET /cases/me": anybody,
  "GET /cases/units": anybody,
  "GET /cases/mail-texts": (asking) => has(asking, "agent", "manager", "administrator"),
  "GET /cases/worklists/unit/{unit}": (asking, { parts }) => asking.units.includes(parts["unit"] ?? ""),
  "GET /cases/worklists/{list}": (asking) => has(asking, "agent"),
  "GET /cases/{caseId}": readers,
  "GET /cases/{caseId}/messages/{messageId}": (asking, about) => about.hasMessage && readers(asking, about),
  // No mail here has a file: that only its readers get one, and which, is R45's and the journeys'.
  "POST /cases/{caseId}/messages/{messageId}/files/{file}": () => false,
  "GET /cases/number/{caseNumber}": readers,
  "GET /cases/quarantine/duty": (asking) => has(asking, "agent"),
  "PUT /cases/quarantine/duty/{date}": (asking) => has(asking, "agent"),
  "POST /cases/quarantine/duty/{date}/done": (asking) => has(asking, "agent"),
  "POST /cases/{caseId}/admit": agents,
  "POST /cases/{caseId}/take": agents,
  "POST /cases/{caseId}/release": agents,
  "POST /cases/{caseId}/classify": agents,
  "POST /cases/{caseId}/watch": agents,
  "POST /cases/{caseId}/notes": agents,
  "POST /cases/{caseId}/answer": agents,
  "POST /cases/{caseId}/files": agents,
  "POST /cases/{caseId}/told": agents,
  "POST /cases/{caseId}/assignments": agents,
  "POST /cases/{caseId}/assignments/{assignmentId}/withdraw": (asking, about) =>
    about.task?.kind === "assignment" && agents(asking, about),
  "POST /cases/{caseId}/transfer": agents,
  "POST /cases/{caseId}/close": agents,
  "POST /cases/{caseId}/reopen": agents,
  "PUT /cases/{caseId}/drafts/{box}": (asking, about) =>
    /^[0-9a-f]{32}$/.test(about.parts["box"] ?? "") ? theUnit(asking, about) : readers(asking, about),
  "GET /cases/{caseId}/tasks/{taskId}": (asking, about) =>
    about.task !== undefined && (theUnit(asking, about) || readers(asking, about)),
  "POST /cases/{caseId}/tasks/{taskId}/reply": theUnit,
  "GET /stats/days": figures,
  "GET /stats/days/{date}/cases": figures,
};
