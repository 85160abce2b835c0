/** The language's own form, as it is used in Sweden: in English the day before the month. */
function format(language: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(`${language}-SE`, { timeZone: "UTC", ...parts });
}

/** A calendar date in words: `torsdag 26 november`, `Thursday, 26 November`. `language` is an ISO 639 code. */
export function dateInWords(date: string, language: string): string {
  const parts = { weekday: "long", day: "numeric", month: "long" } as const;
  return format(language, parts).format(noon(date));
}

/** A calendar date of any year: `24 november 2026`, `24. marraskuuta 2026`. */
export function dateWithYear(date: string, language: string): string {
  return format(language, { day: "numeric", month: "long", year: "numeric" }).format(noon(date));
}

function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}
