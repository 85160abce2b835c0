import type { ProvingCase } from "./case.ts";
import { r01 } from "./cases/r01-chaos.ts";
import { crashPoints } from "./cases/r07-crash-points.ts";

/** Every case of the proving ground, in the order in which they are run. */
export const cases: readonly ProvingCase[] = [r01, crashPoints];
