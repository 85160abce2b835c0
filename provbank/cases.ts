import type { ProvingCase } from "./case.ts";
import { r01 } from "./cases/r01-chaos.ts";
import { r02 } from "./cases/r02-duplicate-storm.ts";
import { crashPoints } from "./cases/r07-crash-points.ts";
import { r09 } from "./cases/r09-lost-notices.ts";
import { r12 } from "./cases/r12-poison.ts";
import { r14 } from "./cases/r14-zombies.ts";
import { r15 } from "./cases/r15-order.ts";
import { r16 } from "./cases/r16-bad-record.ts";
import { r18 } from "./cases/r18-read-log.ts";
import { r19 } from "./cases/r19-faulty-table.ts";
import { r22 } from "./cases/r22-numbers.ts";
import { r24 } from "./cases/r24-unit-unreachable.ts";
import { r25 } from "./cases/r25-consumer-away.ts";
import { r43 } from "./cases/r43-hostile-html.ts";
import { r45 } from "./cases/r45-hostile-files.ts";
import { idorMatrix } from "./cases/r47-idor-matrix.ts";
import { tokenVariants } from "./cases/r49-token-variants.ts";
import { ownRegularExpressions } from "./cases/r53-patterns.ts";

/** Every case of the proving ground, in the order in which they are run. */
export const cases: readonly ProvingCase[] = [
  r01,
  r02,
  crashPoints,
  r09,
  r12,
  r14,
  r15,
  r16,
  r18,
  r19,
  r22,
  r24,
  r25,
  r43,
  r45,
  idorMatrix,
  tokenVariants,
  ownRegularExpressions,
];
