import { municipality } from "#shared/config.ts";
import type { Rules } from "./register/case.ts";

/** The config's rules for promises, as decisions take them. */
export function rules(): Rules {
  const { serviceCentre, redDays } = municipality();
  return { answerWorkingDays: serviceCentre.promises.emailWorkingDays, redDays };
}
