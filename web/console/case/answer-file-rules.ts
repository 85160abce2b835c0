/**
 * How far a file that is to go with an answer has come. `scanning`: the scanner has not looked yet; it is asked again by
 * itself, and `unscanned` when that took too long. `refused`: the case takes no file now.
 */
export type AnswerFileState =
  | "reading"
  | "sending"
  | "scanning"
  | "clean"
  | "infected"
  | "unscannable"
  | "unscanned"
  | "file-too-large"
  | "empty"
  | "refused"
  | "failed";

export type AnswerFile = {
  id: number;
  name: string;
  contentType: string;
  bytes: number;
  /** By which the API knows it, once it has been read. */
  sha256: string | undefined;
  state: AnswerFileState;
  /** How much of it has been sent, of 1. */
  sent: number;
};

/** The API's limits: bytes of a file, files of an answer and bytes of all of them. */
const atMost = { fileBytes: 25_000_000, files: 10, answerBytes: 50_000_000 };
/** What is more than this is not attached to the mail: it says that the files are on the citizen's page. */
const mailedBytes = 7_000_000;

/** How often, and how long after one another, it is asked what the scanner says. */
export const SCAN_TRIES = 60;
export const SCAN_PAUSE_MS = 3_000;

/** Where a file stands before anything has been done with it. */
export function firstState({ size }: { size: number }): AnswerFileState {
  if (size === 0) return "empty";
  return size > atMost.fileBytes ? "file-too-large" : "reading";
}

/** Where it stands after what the API said of it the n-th time. `missing`: it must be sent there first. */
export function afterAnswer(answer: { state: string } | { refused: string }, tries: number): AnswerFileState {
  if ("refused" in answer) return answer.refused === "file-too-large" ? "file-too-large" : "refused";
  switch (answer.state) {
    case "missing":
      // What has been sent and is not there would be sent for ever.
      return tries === 1 ? "sending" : "failed";
    case "clean":
    case "infected":
    case "unscannable":
      return answer.state;
    default:
      return tries < SCAN_TRIES ? "scanning" : "unscanned";
  }
}

/** Whether it can be tried again as it is. */
export function mayTryAgain(state: AnswerFileState): boolean {
  return state === "failed" || state === "unscanned";
}

export function isUnderWay(state: AnswerFileState): boolean {
  return state === "reading" || state === "sending" || state === "scanning";
}

/** It will not get ready by itself. */
export function isStuck({ state }: { state: AnswerFileState }): boolean {
  return state !== "clean" && !isUnderWay(state);
}

export function answerFileText(state: AnswerFileState): string {
  switch (state) {
    case "reading":
      return "Läser filen …";
    case "sending":
      return "Laddar upp …";
    case "scanning":
      return "Söks igenom efter skadlig kod …";
    case "clean":
      return "Klar att skicka.";
    case "infected":
      return "Innehåller skadlig kod och kan inte skickas. Ta bort den och kontakta it-avdelningen.";
    case "unscannable":
      return "Filen går inte att söka igenom, till exempel för att den är låst med lösenord. Ta bort den och bifoga den olåst.";
    case "unscanned":
      return "Genomsökningen tar längre tid än vanligt. Försök igen om en stund.";
    case "file-too-large":
      return "Filen är större än 25 MB. Ta bort den och bifoga en mindre, eller dela upp den.";
    case "empty":
      return "Filen är tom. Ta bort den och bifoga rätt fil.";
    case "refused":
      return "Ärendet kan inte besvaras med e-post nu, så filen kan inte bifogas.";
    case "failed":
      return "Filen kunde inte laddas upp. Kontrollera nätet och försök igen.";
  }
}

type Listed = Pick<AnswerFile, "bytes" | "state">;

function bytesOf(files: readonly Listed[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Why the answer cannot be sent with its files as they are; nothing when it can. */
export function whyNotSent(files: readonly Listed[]): string | undefined {
  if (files.some(isStuck)) return "En fil kan inte skickas. Ta bort den eller försök igen. Texten är kvar.";
  if (files.length > atMost.files) return "Ett svar kan ha högst 10 filer. Ta bort några.";
  if (bytesOf(files) > atMost.answerBytes)
    return "Filerna är tillsammans större än 50 MB. Ta bort någon, eller dela upp dem på två svar.";
  if (files.some(({ state }) => state !== "clean"))
    return "Filerna är inte klara ännu. Vänta tills de är genomsökta och skicka sedan.";
  return undefined;
}

/** How the citizen gets the files; nothing to say of those that simply go along. */
export function wayText(files: readonly Listed[]): string | undefined {
  return bytesOf(files.filter((file) => !isStuck(file))) > mailedBytes
    ? "Filerna är för stora för e-post. Invånaren hämtar dem på sin sida, och mejlet säger var."
    : undefined;
}
