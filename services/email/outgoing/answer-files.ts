/**
 * Bytes of all files of an answer together that still go in its mail: SES takes 10 MB of mail, and base64 with its line ends
 * makes 1.37 bytes of one (https://docs.aws.amazon.com/ses/latest/dg/quotas.html, RFC 2045 §6.8).
 */
const mailedBytes = 7_000_000;

/** How an answer's files reach the citizen. All of them by one way: who gets two of three by mail believes that it was all. */
export function wayOfFiles(files: readonly { bytes: number }[]): "none" | "attached" | "on-page" {
  if (files.length === 0) return "none";
  return files.reduce((sum, { bytes }) => sum + bytes, 0) <= mailedBytes ? "attached" : "on-page";
}
