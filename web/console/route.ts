export type Route = { view: "worklist" } | { view: "case"; caseId: string } | { view: "unknown" };

/** The view that an address's hash ("#/arende/…") names. The path itself belongs to the API on the same origin. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, "");
  if (path === "" || path === "/") return { view: "worklist" };
  const encoded = /^\/arende\/([^/]+)\/?$/.exec(path)?.[1];
  if (encoded === undefined) return { view: "unknown" };
  try {
    return { view: "case", caseId: decodeURIComponent(encoded) };
  } catch {
    return { view: "unknown" };
  }
}

export const WORKLIST_HREF = "#/";

/** The address of a case's view. */
export function caseHref(caseId: string): string {
  return `#/arende/${encodeURIComponent(caseId)}`;
}
