/** What of a room's equipment a visitor may need to be able to come. */
const needs = [
  { need: "step-free", text: "Lokal utan trappor" },
  { need: "hearing-loop", text: "Hörslinga" },
] as const;

export type AccessNeed = (typeof needs)[number]["need"];
export const accessNeeds: readonly { need: AccessNeed; text: string }[] = needs;

export function isAccessNeed(text: string): text is AccessNeed {
  return accessNeeds.some(({ need }) => need === text);
}
