import * as z from "zod/mini";
import type { Staff } from "#shared/staff.ts";
import { isHidden } from "../book/booking-view.ts";
import { partsOfDay, type Waiting, waitingStatuses } from "./waiting.ts";
import { type Contact, contactSchema } from "./waiting-table.ts";

/** Somebody in line, as staff see it. `hidden`: that they wait is secret, and neither who nor for what is shown to whoever asks. */
export const waitingViewSchema = z.object({
  waitingId: z.string(),
  version: z.int(),
  status: z.enum(waitingStatuses),
  service: z.nullable(z.string()),
  office: z.string(),
  from: z.string(),
  to: z.string(),
  part: z.nullable(z.enum(partsOfDay)),
  language: z.nullable(z.string()),
  interpreter: z.nullable(z.string()),
  equipment: z.array(z.string()),
  seats: z.int(),
  /** They have a booking, and want an earlier time. */
  earlier: z.boolean(),
  told: z.array(z.object({ startsAt: z.string(), at: z.string() })),
  createdAt: z.string(),
  hidden: z.boolean(),
  contact: z.nullable(contactSchema),
});
export type WaitingView = z.infer<typeof waitingViewSchema>;

export function waitingView(waiting: Waiting, contact: Contact | undefined, caller: Staff): WaitingView {
  const hidden = isHidden(waiting, caller);
  return {
    ...waiting,
    hidden,
    earlier: waiting.bookingId !== null,
    service: hidden ? null : waiting.service,
    contact: hidden ? null : (contact ?? null),
  };
}
