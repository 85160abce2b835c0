import type { CaseFile } from "../api/case-schemas.ts";

/** Whom an answer goes to, and how sure we are of the address: as of the latest message that came from it. */
export function addresseeOf(file: CaseFile): { address: string; trust: string | null } {
  const address = file.case.sender?.address ?? "";
  const theirs = file.messages
    .filter(({ direction, sender }) => direction === "in" && sender?.address === address)
    .toSorted((one, other) => Date.parse(one.arrivedAt) - Date.parse(other.arrivedAt));
  return { address, trust: theirs.at(-1)?.trust ?? null };
}
