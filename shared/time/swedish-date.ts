const long = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** A calendar date in words: `torsdag 26 november`. */
export function swedishDate(date: string): string {
  return long.format(new Date(`${date}T12:00:00Z`));
}
