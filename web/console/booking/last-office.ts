const STORED = "servicecenter.office";

/** The office that was last chosen in this browser. */
export function readLastOffice(): string | undefined {
  return localStorage.getItem(STORED) ?? undefined;
}

export function storeLastOffice(office: string): void {
  localStorage.setItem(STORED, office);
}
