/** How far the fetching of a file has come. `waiting`: the scanner has not looked yet; it is asked again by itself. */
export type FileState =
  | "idle"
  | "asking"
  | "waiting"
  | "saved"
  | "infected"
  | "unscannable"
  | "not-scanned"
  | "failed";

/** How often, and how long after one another, a file is asked for again that has not been scanned. */
export const TRIES = 5;
export const PAUSE_MS = 3_000;

/** Where a file stands after the n-th answer: its address has come, or the API's code for a no. */
export function afterAnswer(answer: { url: string } | { refused: string }, tries: number): FileState {
  if ("url" in answer) return "saved";
  switch (answer.refused) {
    case "infected":
    case "unscannable":
      return answer.refused;
    case "not-scanned":
      return tries < TRIES ? "waiting" : "not-scanned";
    default:
      return "failed";
  }
}

/** What is said of a file; nothing before it is asked for. */
export function fileText(state: FileState): string {
  switch (state) {
    case "idle":
      return "";
    case "asking":
      return "Hämtar filen …";
    case "waiting":
      return "Filen genomsöks efter skadlig kod. Försöker igen av sig själv …";
    case "saved":
      return "Filen sparas på din dator.";
    case "infected":
      return "Innehåller skadlig kod: lämnas inte ut.";
    case "unscannable":
      return "Filen går inte att genomsöka efter skadlig kod, till exempel för att den är låst. Hämta den bara om du väntar den och vet vem den kommer från. Att du hämtar den loggas.";
    case "not-scanned":
      return "Filen är inte genomsökt ännu. Försök igen om en stund.";
    case "failed":
      return "Filen gick inte att hämta. Försök igen.";
  }
}
