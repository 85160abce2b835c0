import { apiHandler, type Route } from "#shared/http.ts";
import { findStaff, type Role } from "#shared/staff.ts";
import { apiEnv } from "./env.ts";
import { listCases } from "./list-cases.ts";
import { listDays } from "./list-days.ts";
import type { NoPeriod } from "./period.ts";

const readers: readonly Role[] = ["manager", "agent", "administrator"];

/** What can be asked of this service, and by whom. */
export const routes: readonly Route<NoPeriod>[] = [
  { method: "GET", path: "/stats/days", allow: readers, endpoint: listDays },
  { method: "GET", path: "/stats/days/{date}/cases", allow: readers, endpoint: listCases },
];

export const handler = apiHandler<NoPeriod>({
  routes,
  statusOf: { "period-backwards": 400, "period-too-long": 400 },
  findCaller: (sub, now) => findStaff(apiEnv().STAFF_TABLE, sub, now),
});
