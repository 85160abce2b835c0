/** What a case came to: whether it holds, and the figures that show it. */
export type Figure = { holds: boolean } & Record<string, unknown>;

/** What a case is run with. Whatever is drawn comes from `random`, so that a run can be repeated. */
export type Bench = {
  /** From 0 up to 1, the same sequence for the same seed. */
  random: () => number;
  /** Says how far it has come, to the terminal. */
  say: (progress: string) => void;
};

/** One of the cases that must hold under faults: `R07`, what it tries, and the trial itself. */
export type ProvingCase = {
  id: string;
  title: string;
  run: (bench: Bench) => Promise<Figure>;
};

/** A generator of numbers from 0 up to 1 (mulberry32): small, seeded, the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `from` to `to`, both included. */
export function between(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** The same things in another order. */
export function shuffled<T>(random: () => number, things: readonly T[]): T[] {
  const left = [...things];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(between(random, 0, left.length - 1), 1));
  return order;
}
