import type { BenchFigure } from "./figure.ts";
import { twentyFunctions } from "./figures/b0-twenty-functions.ts";
import { mailHandler } from "./figures/b1-mail-handler.ts";
import { burstOfMails } from "./figures/b2-burst.ts";
import { counted } from "./figures/b3-counted.ts";
import { growth } from "./figures/b4-growth.ts";
import { bundles } from "./figures/b5-bundles.ts";
import { listPage } from "./figures/b6-list-page.ts";
import { cost } from "./figures/b7-cost.ts";
import { start } from "./figures/b9-start.ts";
import { booking } from "./figures/b10-booking.ts";

/** Every figure of the bench, in the order in which they are measured. */
export const figures: readonly BenchFigure[] = [
  twentyFunctions,
  bundles,
  start,
  mailHandler,
  counted,
  cost,
  growth,
  listPage,
  burstOfMails,
  booking,
];
