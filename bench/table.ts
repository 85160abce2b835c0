import type { Line } from "./figure.ts";
import type { Results } from "./run.ts";

/** The results as a page for readers, written by every run of the bench. */
export function tableOf(results: Results): string {
  const sections = Object.entries(results).map(([id, { title, on, lines }]) =>
    [
      `## ${id}: ${title}`,
      "",
      `\`npm run bench -- ${id}\`, ${on}`,
      "",
      "| What | Measured | Budget | Verdict |",
      "|---|---|---|---|",
      ...lines.map(rowOf),
      "",
    ].join("\n"),
  );
  return [
    "# What things cost",
    "",
    "Written by `npm run bench`: change nothing here. Counts are exact, times are of one machine at one hour. *goal*: the",
    "budget is kept; *accepted*: it is passed by no more than is allowed.",
    "",
    ...sections,
  ].join("\n");
}

function rowOf({ what, value, unit, budget, verdict }: Line): string {
  const limit =
    budget === undefined
      ? ""
      : `at ${budget.at} ${budget.goal}${budget.goal === budget.accepted ? "" : ` (${budget.accepted})`}`;
  return `| ${what} | ${`${value} ${unit}`.trim()} | ${limit} | ${verdict ?? ""} |`;
}
