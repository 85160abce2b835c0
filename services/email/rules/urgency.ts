/**
 * What cannot wait until somebody reads the list: whose duty it is, the config says. The codes are fixed since what follows
 * on them is.
 */
export const urgencyCodes = ["child-at-risk", "suicide", "violence"] as const;
export type Urgency = (typeof urgencyCodes)[number];

/** One of the words of every group must be there. A word stands for all words that begin with it. */
export type UrgencyRule = { urgency: Urgency; words: readonly (readonly string[])[] };

/** The first rule whose words are in what somebody wrote. A list of words finds too much rather than too little. */
export function urgencyOf(text: string, rules: readonly UrgencyRule[]): Urgency | undefined {
  const plain = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  const has = (word: string) => plain.includes(` ${word}`);
  return rules.find(({ words }) => words.every((group) => group.some(has)))?.urgency;
}
