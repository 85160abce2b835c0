/** What we attach says its type and its file name: no table of a thousand kinds is asked. */
export function detectMimeType(): string {
  return "application/octet-stream";
}

export function detectExtension(): string {
  return "bin";
}
