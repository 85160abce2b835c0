/** A language that the municipality answers in. */
export type Language = { code: string; commonWords: readonly string[] };

/** So many of a mail's words are looked at. */
const wordsRead = 300;
/** A language is taken only when so many of its common words are there … */
const leastHits = 3;
/** … and so many times as many as of the first language's. */
const clearly = 2;

/**
 * In which language a mail is answered: that of most common words in what its sender wrote. The first language of the
 * list unless another one is clearly there. Gives its code.
 */
export function languageOf(text: string, languages: readonly [Language, ...Language[]]): string {
  const words = (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).slice(0, wordsRead);
  const hits = ({ commonWords }: Language) => words.filter((word) => commonWords.includes(word)).length;
  const [first, ...others] = languages;
  const least = Math.max(leastHits, clearly * hits(first));
  let best = { code: first.code, hits: least - 1 };
  for (const language of others) {
    if (hits(language) > best.hits) best = { code: language.code, hits: hits(language) };
  }
  return best.code;
}
