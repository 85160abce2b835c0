import * as z from "zod/mini";
import { env } from "#shared/env.ts";

const name = z.string().check(z.minLength(1));

const registerMailSchema = z.object({ CASES_TABLE: name, LETTERS_BUCKET: name, LINK_KEY: name });
const recordMailStatusSchema = z.object({ CASES_TABLE: name });
const recordMeetingSchema = z.object({ CASES_TABLE: name });
const relaySchema = z.object({ EVENTS_TOPIC_ARN: name });
const applyReplySchema = z.object({ CASES_TABLE: name, LETTERS_BUCKET: name });
const citizenPageSchema = z.object({
  CASES_TABLE: name,
  LETTERS_BUCKET: name,
  FILES_BUCKET: name,
  LINK_KEY: name,
});
const quarantineAlarmSchema = z.object({ CASES_TABLE: name });
const apiSchema = z.object({
  CASES_TABLE: name,
  ACCESS_TABLE: name,
  STAFF_TABLE: name,
  LETTERS_BUCKET: name,
  FILES_BUCKET: name,
});

export type RegisterMailEnv = z.infer<typeof registerMailSchema>;
export type RecordMailStatusEnv = z.infer<typeof recordMailStatusSchema>;
export type RecordMeetingEnv = z.infer<typeof recordMeetingSchema>;
export type RelayEnv = z.infer<typeof relaySchema>;
export type ApplyReplyEnv = z.infer<typeof applyReplySchema>;
export type CitizenPageEnv = z.infer<typeof citizenPageSchema>;
export type QuarantineAlarmEnv = z.infer<typeof quarantineAlarmSchema>;
export type ApiEnv = z.infer<typeof apiSchema>;

export const registerMailEnv = env(registerMailSchema);
export const recordMailStatusEnv = env(recordMailStatusSchema);
export const recordMeetingEnv = env(recordMeetingSchema);
export const relayEnv = env(relaySchema);
export const applyReplyEnv = env(applyReplySchema);
export const citizenPageEnv = env(citizenPageSchema);
export const quarantineAlarmEnv = env(quarantineAlarmSchema);
export const apiEnv = env(apiSchema);
