import type { Visit } from "./schemas.ts";

/** What can be done with a visit: its path in the API, its button, the letter key, and what is asked before it is done. */
export type Step = {
  command: string;
  path: string;
  text: string;
  key: string;
  asks?: "colleague" | "reason";
};

export const STEPS: readonly Step[] = [
  { command: "call", path: "call", text: "Kalla", key: "k" },
  { command: "tryAgain", path: "call-again", text: "Försök igen", key: "f", asks: "colleague" },
  { command: "clear", path: "clear", text: "Klartecken", key: "t" },
  { command: "sendUp", path: "send-up", text: "Skicka upp", key: "s" },
  { command: "fetch", path: "fetched", text: "Hämtad", key: "h" },
  { command: "receive", path: "receive", text: "Framme", key: "m" },
  { command: "handBack", path: "hand-back", text: "Åter", key: "b" },
  { command: "leave", path: "check-out", text: "Ut", key: "u" },
  { command: "handIn", path: "hand-in", text: "Inlämnat", key: "l" },
  { command: "turnAway", path: "turn-away", text: "Avvisad …", key: "a", asks: "reason" },
  { command: "goAway", path: "gone", text: "Gick utan besök", key: "w" },
  { command: "undo", path: "undo", text: "Ångra incheckningen", key: "z" },
];

/** All that somebody can do with a visit now. Who was forgotten is closed in the house list. */
export function stepsOf({ may }: Visit): readonly Step[] {
  return STEPS.filter(({ command }) => may.includes(command));
}

/** What is usually done next where a visitor stands, the likeliest first; it is done only if it may be. */
function usual({ state, purpose, unanswered }: Visit): readonly string[] {
  switch (state) {
    case "waiting":
      return purpose === "hand-in" ? ["handIn", "call"] : ["call"];
    case "called":
      return [
        ...(purpose === "hand-in" ? ["handIn"] : []),
        ...(unanswered ? ["clear", "tryAgain"] : []),
        "clear",
        "sendUp",
        "fetch",
        "tryAgain",
      ];
    case "cleared":
      return ["sendUp"];
    case "sent-up":
      return ["leave", "receive", "handBack"];
    case "on-floor":
      return ["leave", "handBack"];
    default:
      return ["leave"];
  }
}

/** The one thing to do next with a visit; undefined where somebody else must act. */
export function nextStep(visit: Visit): Step | undefined {
  const possible = stepsOf(visit);
  return usual(visit)
    .map((command) => possible.find((step) => step.command === command))
    .find((step) => step !== undefined);
}
