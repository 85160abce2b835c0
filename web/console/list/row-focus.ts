/** The id of the link that a row is. */
export const rowLinkId = (id: string): string => `row-${id}`;

/** Puts the focus on a row, scrolled clear of the edges. */
export function focusRow(id: string): void {
  document.getElementById(rowLinkId(id))?.focus();
}

/** The row that has the focus, if any. */
export function focusedRowId(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-row-id]")?.dataset["rowId"];
}

/** The same for a row that is about to be drawn: preact draws before the next frame. */
export function focusWhenDrawn(id: string): void {
  requestAnimationFrame(() => setTimeout(() => focusRow(id)));
}
