import * as z from "zod/mini";
import { env } from "#shared/env.ts";

const name = z.string().check(z.minLength(1));

const registerMailSchema = z.object({ CASES_TABLE: name, LETTERS_BUCKET: name });
const recordMailStatusSchema = z.object({ CASES_TABLE: name });
const relaySchema = z.object({ EVENTS_TOPIC_ARN: name });
const apiSchema = z.object({ CASES_TABLE: name, STAFF_TABLE: name, LETTERS_BUCKET: name });

export type RegisterMailEnv = z.infer<typeof registerMailSchema>;
export type RecordMailStatusEnv = z.infer<typeof recordMailStatusSchema>;
export type RelayEnv = z.infer<typeof relaySchema>;
export type ApiEnv = z.infer<typeof apiSchema>;

export const registerMailEnv = env(registerMailSchema);
export const recordMailStatusEnv = env(recordMailStatusSchema);
export const relayEnv = env(relaySchema);
export const apiEnv = env(apiSchema);
