import type { Task } from "../api/task-schemas.ts";
import type { Directory } from "../directory.ts";

/** What the unit is to do next, in a sentence. */
export function taskStep(task: Task, directory: Directory): string {
  const may = (act: string): boolean => task.may.includes(act);
  const right = directory.unitName(task.rightAddress ?? "");
  if (may("acknowledge")) return "Bekräfta att ni har ärendet, eller skicka tillbaka det med rätt adress.";
  if (may("answer"))
    return task.takenBy === null
      ? "Svara, eller ta uppdraget så att andra ser att det är ditt."
      : "Svara, eller skicka tillbaka med rätt adress.";
  switch (task.state) {
    case "answered":
      return task.answeredTo === "citizen"
        ? "Klart. Ni har svarat invånaren, och servicecentret har en kopia."
        : "Klart. Servicecentret har ert svar.";
    case "returned":
      return `Klart. Ni skickade tillbaka det: det hör till ${right}.`;
    case "withdrawn":
      return "Inget mer att göra. Servicecentret har återkallat uppdraget.";
    case "acknowledged":
      return "Klart. Ni har tagit över ärendet.";
    default:
      return "Enheten arbetar med uppdraget.";
  }
}
