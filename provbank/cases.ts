import type { ProvingCase } from "./case.ts";
import { crashPoints } from "./cases/r07-crash-points.ts";

/** Every case of the proving ground, in the order in which they are run. */
export const cases: readonly ProvingCase[] = [crashPoints];
