import type { Assignment } from "../api/case-schemas.ts";
import type { Directory } from "../directory.ts";

type Replied = Pick<Assignment, "unit" | "state" | "answeredTo" | "rightAddress">;

/** What a unit's reply came to, as a heading. */
export function repliedText(
  { unit, state, answeredTo, rightAddress }: Replied,
  directory: Directory,
): string {
  const who = directory.unitName(unit);
  if (state === "returned")
    return `${who} skickade tillbaka uppdraget: det hör till ${directory.unitName(rightAddress ?? "")}`;
  return answeredTo === "citizen" ? `${who} svarade invånaren direkt` : `${who} svarade servicecentret`;
}

/** Where a task stands, for the unit that has it. */
export function taskStateText(task: string, state: string): string {
  if (task === "transfer") {
    return (
      { sent: "Väntar på bekräftelse", acknowledged: "Mottaget", returned: "Skickat tillbaka" }[state] ??
      state
    );
  }
  return (
    {
      sent: "Nytt",
      taken: "Taget",
      answered: "Besvarat",
      returned: "Skickat tillbaka",
      withdrawn: "Återkallat",
    }[state] ?? state
  );
}
