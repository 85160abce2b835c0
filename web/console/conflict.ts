import { clockInSweden, dateInSweden } from "../ui/swedish-time.ts";
import type { CaseFile } from "./api/case-schemas.ts";
import { historyText, statusText } from "./case-words.ts";
import type { Directory } from "./directory.ts";
import { listText } from "./words.ts";

type Seen = { version: number; me: string; directory: Directory; now: Date };

/** What others have done in a case since a version of it: "Jonas svarade invånaren kl. 10:42". Empty when nothing. */
export function newsText(file: CaseFile, { version, me, directory, now }: Seen): string {
  const today = dateInSweden(now);
  const news = file.history
    .filter((entry) => entry.version > version && entry.by !== me)
    .toSorted((one, other) => one.version - other.version)
    .map((entry) => `${historyText(entry, directory, today)} kl. ${clockInSweden(new Date(entry.at))}`);
  return listText(news);
}

const REFUSALS: Readonly<Record<string, string>> = {
  "units-at-work": "En enhet arbetar med ärendet. Vänta på svaret eller återkalla uppdraget först.",
  "not-held": "Ärendet är redan insläppt.",
  "not-told": "Skriv först vad invånaren har fått veta.",
  "not-acknowledged": "Nämnden har inte bekräftat att ärendet är mottaget ännu.",
  "no-such-unit": "Enheten finns inte längre i listan. Välj en annan.",
  "no-right-address": "Välj en annan enhet än er egen.",
  "secret-goes-back": "Ärendet är sekretess. Skicka tillbaka det till servicecentret i stället för vidare.",
  "date-passed": "Datumet har redan varit. Välj i dag eller senare.",
  "no-address": "Det finns ingen adress att mejla till.",
  "no-such-file": "En fil finns inte längre. Ta bort den och bifoga den igen.",
  "not-scanned": "En fil är inte genomsökt ännu. Vänta en stund och skicka igen.",
  infected: "En fil innehåller skadlig kod. Ta bort den.",
  unscannable: "En fil går inte att söka igenom. Ta bort den och bifoga den olåst.",
  "file-too-large": "En fil är större än 25 MB. Ta bort den och bifoga en mindre.",
  "too-many-files": "Ett svar kan ha högst 10 filer. Ta bort några.",
  "files-too-large": "Filerna är tillsammans större än 50 MB. Ta bort någon.",
  "secret-not-by-mail": "Ärendet är sekretess. Det som står i det får inte skickas med e-post.",
  "wrong-state": "Uppdraget är redan besvarat, skickat tillbaka eller återkallat.",
};

/** Why a change was refused, what has changed meanwhile, and that nothing written is lost. */
export function refusalText(code: string, file: CaseFile | undefined, seen: Seen, wrote: boolean): string {
  const news = file === undefined ? "" : newsText(file, seen);
  const kept = wrote ? " Ditt utkast är kvar." : "";
  if (code === "changed") {
    const what = news === "" ? "Ärendet ändrades" : news;
    return `${what}${wrote ? " medan du skrev" : ""}.${kept} Titta igen innan du fortsätter.`;
  }
  const why =
    REFUSALS[code] ??
    (file === undefined
      ? "Det gick inte att göra nu."
      : `Det går inte längre: ärendet står nu som ”${statusText(file.case.status)}”.`);
  return `${news === "" ? "" : `${news}. `}${why}${kept}`;
}

/** The same for a unit's task. `state`: how it stands now, in words. */
export function taskRefusalText(code: string, state: string, wrote: boolean): string {
  const kept = wrote ? " Det du skrev är kvar." : "";
  const stands = state === "" ? "" : ` Det står nu som ”${state}”.`;
  const gone = code === "wrong-state" || code === "wrong-status";
  return gone
    ? `Uppdraget har ändrats medan du hade det framme.${stands}${kept}`
    : `${REFUSALS[code] ?? "Det gick inte att göra nu."}${kept}`;
}
