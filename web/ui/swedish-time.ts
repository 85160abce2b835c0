const WEEKDAYS = ["sön", "mån", "tis", "ons", "tor", "fre", "lör"];
const MONTHS = ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"];

const stockholm = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  dateStyle: "short",
  timeStyle: "short",
});
const exact = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  dateStyle: "full",
  timeStyle: "short",
});

/** How near a promised date is, in words and as a state that the eye can tell apart. */
export type PromiseText = { text: string; state: "late" | "today" | "ahead"; stateText: string | undefined };

/** The calendar date ("2026-11-26") in Sweden at an instant. */
export function dateInSweden(instant: Date): string {
  return stockholm.format(instant).slice(0, 10);
}

/** The clock ("10:42") in Sweden at an instant. */
export function clockInSweden(instant: Date): string {
  return stockholm.format(instant).slice(-5);
}

/** "torsdag 26 november 2026 kl. 10:42". */
export function exactTime(instant: Date): string {
  return exact.format(instant);
}

/** "26 nov", with the year when it is another than that of `today` ("2026-11-24"). */
function dayAndMonth(date: string, today: string): string {
  const day = `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ""}`;
  return date.slice(0, 4) === today.slice(0, 4) ? day : `${day} ${date.slice(0, 4)}`;
}

/** "tor 26 nov" for a calendar date. */
export function shortDate(date: string, today: string): string {
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "";
  return `${weekday} ${dayAndMonth(date, today)}`;
}

/** The calendar date `days` after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The date so many days other than Saturday and Sunday after another. Red days are the API's to know. */
export function addWeekdays(date: string, days: number): string {
  let left = days;
  let reached = date;
  while (left > 0) {
    reached = addDays(reached, 1);
    const weekday = new Date(`${reached}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return reached;
}

/**
 * How long ago something happened, as an agent would say it. An instant a little in the future (clocks differ)
 * counts as now.
 */
export function relativeTime(instant: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000);
  if (minutes < 1) return "nyss";
  if (minutes < 60) return `för ${minutes} min sedan`;
  const date = dateInSweden(instant);
  const today = dateInSweden(now);
  if (date === today) return `för ${Math.floor(minutes / 60)} tim sedan`;
  const clock = clockInSweden(instant);
  if (date === addDays(today, -1)) return `i går ${clock}`;
  return `${shortDate(date, today)} ${clock}`;
}

/** What was promised ("svar senast tor 26 nov") and, when it is today or passed, a word for it. */
export function promiseText(date: string, now: Date, words = "svar senast"): PromiseText {
  const today = dateInSweden(now);
  const text = `${words} ${shortDate(date, today)}`.trimStart();
  if (date < today) return { text, state: "late", stateText: "Försenat" };
  if (date === today) return { text, state: "today", stateText: "I dag" };
  return { text, state: "ahead", stateText: undefined };
}
