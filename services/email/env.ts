import * as z from "zod/mini";
import { env } from "#shared/env.ts";

const name = z.string().check(z.minLength(1));

const receiveMailSchema = z.object({
  EMAIL_TABLE: name,
  INBOX_BUCKET: name,
  ARCHIVE_BUCKET: name,
  LETTERS_BUCKET: name,
  FILES_BUCKET: name,
});
const sendMailSchema = z.object({
  EMAIL_TABLE: name,
  LETTERS_BUCKET: name,
  FILES_BUCKET: name,
  CONFIGURATION_SET: name,
  LINK_KEY: name,
});
const notifyUnitSchema = z.object({ EMAIL_TABLE: name, CONFIGURATION_SET: name });
const reconcileSchema = z.object({ EMAIL_TABLE: name });
const sweepOutboxSchema = z.object({ EMAIL_TABLE: name, TO_SEND_QUEUE_URL: name });
const sweepSchema = z.object({ INBOX_BUCKET: name, MAIL_IN_QUEUE_URL: name });
const relaySchema = z.object({ EVENTS_TOPIC_ARN: name });

export type ReceiveMailEnv = z.infer<typeof receiveMailSchema>;
export type SendMailEnv = z.infer<typeof sendMailSchema>;
export type NotifyUnitEnv = z.infer<typeof notifyUnitSchema>;
export type ReconcileEnv = z.infer<typeof reconcileSchema>;
export type SweepOutboxEnv = z.infer<typeof sweepOutboxSchema>;
export type SweepEnv = z.infer<typeof sweepSchema>;
export type RelayEnv = z.infer<typeof relaySchema>;

export const receiveMailEnv = env(receiveMailSchema);
export const sendMailEnv = env(sendMailSchema);
export const notifyUnitEnv = env(notifyUnitSchema);
export const reconcileEnv = env(reconcileSchema);
export const sweepOutboxEnv = env(sweepOutboxSchema);
export const sweepEnv = env(sweepSchema);
export const relayEnv = env(relaySchema);
