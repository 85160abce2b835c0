/** What a budget asks: the goal, and what is accepted at least. */
export type Budget = { at: "most" | "least"; goal: number; accepted: number };

/** One measured number, with its budget where there is one. */
export type Line = {
  what: string;
  value: number;
  unit: string;
  budget?: Budget;
  verdict?: "goal" | "accepted" | "missed";
};

/** A figure of the bench: `B3`, what it measures, and the measuring. */
export type BenchFigure = {
  id: string;
  title: string;
  run: (say: (progress: string) => void) => Promise<readonly Line[]>;
};

/** Budgets with a tenth, a quarter … allowed over the goal. */
export function atMost(goal: number, accepted: number): Budget {
  return { at: "most", goal, accepted };
}

export function atLeast(goal: number, accepted: number): Budget {
  return { at: "least", goal, accepted };
}

export function line(what: string, value: number, unit: string, budget?: Budget): Line {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 100) / 100 : Math.round(value * 10) / 10;
  if (budget === undefined) return { what, value: rounded, unit };
  return { what, value: rounded, unit, budget, verdict: verdictOf(rounded, budget) };
}

function verdictOf(value: number, { at, goal, accepted }: Budget): NonNullable<Line["verdict"]> {
  const keeps = (limit: number) => (at === "most" ? value <= limit : value >= limit);
  if (keeps(goal)) return "goal";
  return keeps(accepted) ? "accepted" : "missed";
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
