import { log } from "#shared/logging.ts";
import { batchQueueHandler } from "#shared/queue.ts";
import { countFacts } from "./counters-table.ts";
import { projectEnv } from "./env.ts";
import { countedEventSchema, factOf } from "./figures.ts";

/** Counts what has happened to cases. */
export const handler = batchQueueHandler(countedEventSchema, async (events) => {
  log("COUNTED", await countFacts(projectEnv().STATS_TABLE, events.map(factOf)));
});
