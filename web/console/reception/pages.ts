import type { Parts } from "./reception-desk.ts";

export type PageName = "besok" | "klartecken" | "huset" | "tavla" | "parkering" | "utlaning" | "dagen";
export type ReceptionPage = { name: PageName; text: string };

/** The pages of the reception that somebody has, the first being where they start. */
export function pagesOf({ receives, coordinates, hosts, manages }: Parts): readonly ReceptionPage[] {
  return [
    ...(receives ? [{ name: "besok", text: "Besök" } as const] : []),
    ...(coordinates ? [{ name: "klartecken", text: "Klartecken" } as const] : []),
    ...(receives ? [{ name: "utlaning", text: "Utlåning" } as const] : []),
    ...(hosts && !receives ? [{ name: "besok", text: "Mina besök" } as const] : []),
    ...(receives || coordinates ? [{ name: "huset", text: "Huset" } as const] : []),
    ...(receives
      ? [{ name: "tavla", text: "Väggtavla" } as const, { name: "parkering", text: "Parkering" } as const]
      : []),
    ...(manages ? [{ name: "dagen", text: "Dagens siffror" } as const] : []),
    ...(manages && !receives ? [{ name: "utlaning", text: "Utlåning" } as const] : []),
  ];
}
