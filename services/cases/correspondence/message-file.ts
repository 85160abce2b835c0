import { type Refused, refuse } from "#shared/refusal.ts";

/**
 * What the scanner says of a file (GuardDuty Malware Protection for S3, the tag `GuardDutyMalwareScanStatus`). It may say nothing
 * yet; *unsupported* is what it cannot look into, such as a locked archive.
 */
export const scanCodes = ["clean", "infected", "unscannable", "not-scanned"] as const;
export type Scan = (typeof scanCodes)[number];

export function scanOf(tag: string | undefined): Scan {
  if (tag === undefined) return "not-scanned";
  if (tag === "NO_THREATS_FOUND") return "clean";
  return tag === "THREATS_FOUND" ? "infected" : "unscannable";
}

export type FileRefusal = "infected" | "unscannable" | "not-scanned";

/** A file is handed out when nothing was found; one that cannot be scanned to who asks for it knowing that, which is logged. */
export function mayOpen(scan: Scan, { anyway }: { anyway: boolean }): Refused<FileRefusal> | undefined {
  if (scan === "clean" || (scan === "unscannable" && anyway)) return undefined;
  return refuse(scan);
}
