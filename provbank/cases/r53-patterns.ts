import { check } from "recheck";
import { type Bench, between, type Figure, type ProvingCase } from "../case.ts";
import { type OwnPattern, ownPatterns } from "../own-patterns.ts";

const attacks = 50;
const allowedMs = 100;
/** Longer than what any of them is given in one piece. */
const pumpedLength = 20_000;

async function run({ random, say }: Bench): Promise<Figure> {
  // Its JavaScript, which is the same on every machine; the other forms are not installed.
  process.env["RECHECK_BACKEND"] = "pure";
  const { files, patterns, made } = await ownPatterns();
  say(`${patterns.length} patterns in ${files} deployed sources`);
  const violations = made.map((place) => `${place}: made while the program runs, nobody can judge it`);
  const degrees: Record<string, number> = {};
  let vulnerable = 0;
  let slowestMs = 0;
  for (const pattern of patterns) {
    const { degree, attack } = await judged(pattern);
    degrees[degree] = (degrees[degree] ?? 0) + 1;
    const bad = !["linear", "2"].includes(degree);
    // One that is exponential is not tried: it would not come back.
    const { ms, text } = bad
      ? { ms: 0, text: "" }
      : slowest(pattern, [...attack, ...attacksOn(pattern, random)]);
    slowestMs = Math.max(slowestMs, ms);
    if (!bad && ms < allowedMs) continue;
    vulnerable += 1;
    violations.push(
      `${pattern.file}:${pattern.line} /${pattern.source}/${pattern.flags}: ${bad ? degree : `${Math.round(ms)} ms for ${JSON.stringify(text.slice(0, 40))}…`}`,
    );
  }
  return {
    holds: violations.length === 0,
    files,
    patterns: patterns.length,
    degrees,
    attacks: patterns.length * attacks,
    slowestMs: Math.round(slowestMs * 10) / 10,
    vulnerable,
    violations,
  };
}

/** What recheck makes of it: linear, polynomial and of which degree, exponential, or that it cannot say. */
async function judged({ source, flags }: OwnPattern): Promise<{ degree: string; attack: readonly string[] }> {
  const verdict = await check(source, flags, { timeout: 20_000, randomSeed: 1 });
  if (verdict.status === "safe") return { degree: "linear", attack: [] };
  if (verdict.status === "unknown") return { degree: `unknown (${verdict.error.kind})`, attack: [] };
  const { complexity, attack } = verdict;
  const degree = complexity.type === "polynomial" ? String(complexity.degree) : "exponential";
  return { degree, attack: [attack.string] };
}

/** Strings in the pattern's own letters: something that may begin a match, a long run, and what breaks it off. */
function attacksOn({ source }: OwnPattern, random: () => number): readonly string[] {
  const own = [...new Set(source.replaceAll(/\\[a-zA-Z]|[\^$()[\]{}|?*+]/g, ""))];
  const letters = [...own, "a", "0", " ", "-", "@", ".", "<", ",", "\n", "å"];
  const letter = () => letters[between(random, 0, letters.length - 1)] ?? "a";
  const few = () => Array.from({ length: between(random, 1, 3) }, letter).join("");
  return Array.from({ length: attacks }, () => {
    const run = few();
    return `${few()}${run.repeat(pumpedLength / run.length)}${few()}\u0000`;
  });
}

function slowest({ source, flags }: OwnPattern, texts: readonly string[]): { ms: number; text: string } {
  let worst = { ms: 0, text: "" };
  for (const text of texts) {
    const pattern = new RegExp(source, flags);
    // Of the processor: what else runs on the machine does not count.
    const started = process.threadCpuUsage();
    text.replace(pattern, "");
    const { user, system } = process.threadCpuUsage(started);
    const ms = (user + system) / 1000;
    if (ms > worst.ms) worst = { ms, text };
  }
  return worst;
}

export const ownRegularExpressions: ProvingCase = {
  id: "R53",
  title: "every regular expression that is deployed, judged and attacked",
  run,
};
