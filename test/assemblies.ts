import type { changedAssembly } from "./system.ts";

/** Queues that bring a message again after a second: time is not what is tried. */
export const impatient: Parameters<typeof changedAssembly>[0] = (template) => {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === "AWS::SQS::Queue") Properties["VisibilityTimeout"] = 1;
  }
};
