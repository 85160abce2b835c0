import { type Delivery, queueHandler } from "#shared/queue.ts";
import { notifyUnitEnv } from "./env.ts";
import { forUnitSchema, tellUnit } from "./tell-unit.ts";

/** Reads the queues of the units that have no system of their own. */
export const handler = queueHandler(forUnitSchema, (event, { now }: Delivery) =>
  tellUnit(notifyUnitEnv(), event, now),
);
