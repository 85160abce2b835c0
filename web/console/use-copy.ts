import { useDesk } from "./desk.ts";

/** Copies a text and says so. `what` is what it is called, as a sentence begins: "Länken". */
export function useCopy(): (what: string, text: string) => Promise<void> {
  const { say } = useDesk();
  return async (what, text) => {
    try {
      await navigator.clipboard.writeText(text);
      say({ text: `${what} är kopierad.` });
    } catch {
      say({ text: "Det gick inte att kopiera. Markera texten och kopiera den själv." });
    }
  };
}
