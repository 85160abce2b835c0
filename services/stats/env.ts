import * as z from "zod/mini";
import { env } from "#shared/env.ts";

const name = z.string().check(z.minLength(1));

const projectSchema = z.object({ STATS_TABLE: name });
const apiSchema = z.object({ STATS_TABLE: name, STAFF_TABLE: name });

export type ProjectEnv = z.infer<typeof projectSchema>;
export type ApiEnv = z.infer<typeof apiSchema>;

export const projectEnv = env(projectSchema);
export const apiEnv = env(apiSchema);
