import { STEPS } from "./steps.ts";

/** The keys of the reception, and what each does. */
export const KEY_HELP: readonly (readonly [string, string])[] = [
  ["Enter", "I sökfältet: checka in den översta. Tomt fält: besökare utan bokning"],
  ["0–9", "I frågan vart: välj plan (0 är servicecentret) och gå vidare till brickan"],
  ["↓ ↑", "Till listan och mellan besökarna"],
  ["c", "Checka in den som är väntad"],
  ["n", "Lämna ut nyckel till den som har hyrt en lokal. Utlåning: låna ut"],
  ["t a f k h u", "Utlåning: tillbaka, skadad eller saknas, förläng, kvittens, historik, ångra"],
  ...STEPS.map(({ key, text }) => [key, text.replace(" …", "")] as const),
  ["§", "Dölj eller visa namn, också i fält. Sker av sig självt efter 60 sekunder"],
  [
    "Esc Esc",
    "Vid hot: Telefonlista visar 112 och jouren, och Enter kallar på kollegor. Inget på skärmen nämner hot",
  ],
];
