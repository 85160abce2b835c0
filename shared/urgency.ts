import { type WordGroups, wordsIn } from "./words.ts";

/**
 * What cannot wait until somebody reads the list: whose duty it is, the config says. The codes are fixed since what follows
 * on them is.
 */
export const urgencyCodes = ["child-at-risk", "suicide", "violence"] as const;
export type Urgency = (typeof urgencyCodes)[number];

export type UrgencyRule = { urgency: Urgency; words: WordGroups };

/** The first rule whose words are in what somebody wrote. A list of words finds too much rather than too little. */
export function urgencyOf(text: string, rules: readonly UrgencyRule[]): Urgency | undefined {
  const has = wordsIn(text);
  return rules.find(({ words }) => has(words))?.urgency;
}
