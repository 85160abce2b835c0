/** Every function: its name, which is also its folder below `dist/functions`, and the file that exports `handler`. */
export const functions = {
  "email/receive-mail": "services/email/receive-mail.ts",
  "email/sweep": "services/email/sweep.ts",
  "email/send-mail": "services/email/send-mail.ts",
  "email/notify-unit": "services/email/notify-unit.ts",
  "email/reconcile": "services/email/reconcile.ts",
  "email/sweep-outbox": "services/email/sweep-outbox.ts",
  "email/relay": "services/email/relay.ts",
  "cases/register-mail": "services/cases/register/register-mail.ts",
  "cases/record-mail-status": "services/cases/correspondence/record-mail-status.ts",
  "cases/record-meeting": "services/cases/meetings/record-meeting.ts",
  "cases/apply-reply": "services/cases/assign/apply-reply.ts",
  "cases/citizen-page": "services/cases/citizen/page.tsx",
  "cases/quarantine-alarm": "services/cases/quarantine/alarm.ts",
  "cases/relay": "services/cases/relay.ts",
  "cases/api": "services/cases/api.ts",
  "booking/api": "services/booking/api.ts",
  "booking/day-round": "services/booking/book/day-round.ts",
  "booking/poll-calendars": "services/booking/people/poll-calendars.ts",
  "booking/pages": "services/booking/pages/pages.tsx",
  "booking/relay": "services/booking/relay.ts",
  "stats/project": "services/stats/project.ts",
  "stats/api": "services/stats/api.ts",
} as const;

export type FunctionName = keyof typeof functions;
