/**
 * What can be taken by one at a time, or by so many: a person (also one who interprets), a room, a group's session, the
 * holds of one client. `person:amina`, `room:kommunhuset-12`.
 */
export type Resource = `${"person" | "room" | "session" | "client"}:${string}`;

/**
 * One stretch of a resource's time. Minutes since 1970-01-01T00:00Z, the end not included. `before` and `after` are the minutes
 * that must lie between it and its neighbours; two neighbours share the longer of theirs.
 *
 * - `meeting`: somebody has it for good.
 * - `hold`: somebody is about to confirm it, until `until`.
 * - `resting`: given back, and not yet offered to the public, until `until`.
 * - `block`: absence, or another use of the room.
 */
export type Entry = {
  kind: "meeting" | "hold" | "resting" | "block";
  start: number;
  end: number;
  before: number;
  after: number;
  seats: number;
  /** Milliseconds since 1970, itself included; only of `hold` and `resting`. */
  until?: number | undefined;
};

/** A resource's entries on one local date, each under what it belongs to. Every change raises the version; 0 is a row that is not there. */
export type Ledger = {
  resource: Resource;
  date: string;
  version: number;
  entries: Readonly<Record<string, Entry>>;
};

/** How somebody looks at a ledger: when, whether from inside the municipality, and without which of its entries. */
export type Look = { now: number; internal: boolean; except?: string | undefined };

/** An entry whose time is out does not count, whether or not anything has removed it: a row's expiry decides nothing. */
export function isDead({ until }: Entry, now: number): boolean {
  return until !== undefined && until < now;
}

export function deadIn({ entries }: Ledger, now: number): readonly string[] {
  return Object.entries(entries).flatMap(([id, entry]) => (isDead(entry, now) ? [id] : []));
}

/**
 * Whether a stretch has room beside what is there. Of one at a time: there is none within the longer of the two neighbours'
 * margins. Of several: at no minute do more seats meet than there are.
 */
export function hasRoom(
  entries: Iterable<readonly [string, Entry]>,
  wanted: Omit<Entry, "kind" | "until">,
  capacity: number,
  { now, internal, except }: Look,
): boolean {
  const others: Entry[] = [];
  for (const [id, entry] of entries) {
    if (id === except || isDead(entry, now)) continue;
    if (internal && entry.kind === "resting") continue;
    if (!meet(entry, wanted)) continue;
    if (capacity === 1 || entry.kind === "block") return false;
    others.push(entry);
  }
  return peak(others, wanted) + wanted.seats <= capacity;
}

type Stretch = Pick<Entry, "start" | "end" | "before" | "after">;

function meet(a: Stretch, b: Stretch): boolean {
  return a.start < b.end + Math.max(b.after, a.before) && b.start < a.end + Math.max(a.after, b.before);
}

/** The most seats that are taken at the same minute of a stretch. It can only rise where an entry begins. */
function peak(entries: readonly Entry[], { start, end }: { start: number; end: number }): number {
  const takenAt = (minute: number) =>
    entries.reduce((sum, one) => (one.start <= minute && minute < one.end ? sum + one.seats : sum), 0);
  const begins = entries.map((one) => one.start).filter((minute) => minute > start && minute < end);
  return Math.max(0, ...[start, ...begins].map(takenAt));
}

/** What is to become of a ledger in one transaction: entries put, entries taken away, the dead ones always. */
export type LedgerChange = {
  ledger: Ledger;
  put: Readonly<Record<string, Entry>>;
  remove: readonly string[];
};

/** The same ledger with a change done: what a transaction makes of it. */
export function changed({ ledger, put, remove }: LedgerChange, now: number): Ledger {
  const gone = new Set([...remove, ...deadIn(ledger, now)]);
  const kept = Object.entries(ledger.entries).filter(([id]) => !gone.has(id));
  return {
    ...ledger,
    version: ledger.version + 1,
    entries: { ...Object.fromEntries(kept), ...put },
  };
}
