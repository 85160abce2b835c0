import * as z from "zod/mini";
import { env } from "#shared/env.ts";

const name = z.string().check(z.minLength(1));

const relaySchema = z.object({ EVENTS_TOPIC_ARN: name });
const apiSchema = z.object({ BOOKING_TABLE: name, STAFF_TABLE: name, LETTERS_BUCKET: name });
const pagesSchema = z.object({ BOOKING_TABLE: name, LETTERS_BUCKET: name, LINK_KEY: name });

const pollCalendarsSchema = z.object({ BOOKING_TABLE: name });

const dayRoundSchema = z.object({ BOOKING_TABLE: name, LETTERS_BUCKET: name });

export type DayRoundEnv = z.infer<typeof dayRoundSchema>;
export const dayRoundEnv = env(dayRoundSchema);
export type PollCalendarsEnv = z.infer<typeof pollCalendarsSchema>;
export const pollCalendarsEnv = env(pollCalendarsSchema);
export type RelayEnv = z.infer<typeof relaySchema>;
export type ApiEnv = z.infer<typeof apiSchema>;
export type PagesEnv = z.infer<typeof pagesSchema>;

export const relayEnv = env(relaySchema);
export const apiEnv = env(apiSchema);
export const pagesEnv = env(pagesSchema);
