/**
 * The time now. Shells ask once per request or record and pass the answer on; nothing else reads a clock.
 * `CLOCK_OFFSET_MS` moves it in tests on one machine; no template sets it.
 */
export function now(): Date {
  return new Date(Date.now() + Number(process.env["CLOCK_OFFSET_MS"] ?? 0));
}
