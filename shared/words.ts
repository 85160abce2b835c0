/** Lists of words as the config writes them: one of the words of every group must be there. */
export type WordGroups = readonly (readonly string[])[];

/**
 * Asks a text for words. A word, or several with spaces between, stands for all that begin with it; case and marks say nothing, nor do
 * soft hyphens and the like, or whether an å is one character or two.
 */
export function wordsIn(text: string): (groups: WordGroups) => boolean {
  const plain = ` ${text
    .normalize("NFC")
    .replace(/\p{Cf}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  return (groups) => groups.every((group) => group.some((word) => plain.includes(` ${word}`)));
}
