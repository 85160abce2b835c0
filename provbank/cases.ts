import type { ProvingCase } from "./case.ts";
import { r01 } from "./cases/r01-chaos.ts";
import { r02 } from "./cases/r02-duplicate-storm.ts";
import { r04 } from "./cases/r04-two-deliveries.ts";
import { r06 } from "./cases/r06-late-duplicate.ts";
import { crashPoints } from "./cases/r07-crash-points.ts";
import { r09 } from "./cases/r09-lost-notices.ts";
import { r10 } from "./cases/r10-arrival.ts";
import { r11 } from "./cases/r11-sizes.ts";
import { r12 } from "./cases/r12-poison.ts";
import { r14 } from "./cases/r14-zombies.ts";
import { r15 } from "./cases/r15-order.ts";
import { r16 } from "./cases/r16-bad-record.ts";
import { r18 } from "./cases/r18-read-log.ts";
import { r19 } from "./cases/r19-faulty-table.ts";
import { r22 } from "./cases/r22-numbers.ts";
import { r24 } from "./cases/r24-unit-unreachable.ts";
import { r25 } from "./cases/r25-consumer-away.ts";
import { r26 } from "./cases/r26-ses-limits.ts";
import { r28 } from "./cases/r28-loops.ts";
import { r30 } from "./cases/r30-header-variants.ts";
import { r31 } from "./cases/r31-backscatter.ts";
import { r33 } from "./cases/r33-guesses.ts";
import { r35 } from "./cases/r35-recipient-games.ts";
import { r36 } from "./cases/r36-forged-fields.ts";
import { r38 } from "./cases/r38-real-mail.ts";
import { r39 } from "./cases/r39-hostile.ts";
import { r41 } from "./cases/r41-swedish-letters.ts";
import { r43 } from "./cases/r43-hostile-html.ts";
import { r45 } from "./cases/r45-hostile-files.ts";
import { idorMatrix } from "./cases/r47-idor-matrix.ts";
import { tokenVariants } from "./cases/r49-token-variants.ts";
import { ownRegularExpressions } from "./cases/r53-patterns.ts";
import { r57 } from "./cases/r57-bookings.ts";

/** Every case of the proving ground, in the order in which they are run. */
export const cases: readonly ProvingCase[] = [
  r01,
  r02,
  r04,
  r06,
  crashPoints,
  r09,
  r10,
  r11,
  r12,
  r14,
  r15,
  r16,
  r18,
  r19,
  r22,
  r24,
  r25,
  r26,
  r28,
  r30,
  r31,
  r33,
  r35,
  r36,
  r38,
  r39,
  r41,
  r43,
  r45,
  idorMatrix,
  tokenVariants,
  ownRegularExpressions,
  r57,
];
