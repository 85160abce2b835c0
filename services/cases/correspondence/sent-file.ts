import { safeFileName } from "#shared/file-name.ts";
import { type Refused, refuse } from "#shared/refusal.ts";
import type { SentFile } from "../events.ts";
import type { Scan } from "./message-file.ts";

/** Bytes of one file, files of one answer, and bytes of all of them: what a citizen can be asked to fetch. */
export const atMost = { fileBytes: 25_000_000, files: 10, answerBytes: 50_000_000 };

/** What the files bucket knows of an object. */
export type StoredFile = { bytes: number; scan: Scan };
/** A file that an agent wants to send along, and what is there under its name. */
export type WantedFile = { sha256: string; name: string; contentType: string };

export type AttachRefusal =
  | "no-such-file"
  | "infected"
  | "unscannable"
  | "not-scanned"
  | "file-too-large"
  | "too-many-files"
  | "files-too-large";

/** The name is the content: another file is another object, and one of another case lies below another prefix. */
export function sentFileKey(caseId: string, sha256: string): string {
  return `out/${caseId}/${sha256}`;
}

/** Whether a file may be put there at all. */
export function mayPut({ bytes }: { bytes: number }): Refused<"file-too-large"> | undefined {
  return bytes > atMost.fileBytes ? refuse("file-too-large") : undefined;
}

/**
 * The files of an answer as they stand in its letter. All of them must be there and clean, or none goes: what the scanner
 * could not look into is not ours to send. The same file twice goes once.
 */
export function attach(
  caseId: string,
  found: readonly { wanted: WantedFile; stored: StoredFile | undefined }[],
): readonly SentFile[] | Refused<AttachRefusal> {
  const files: SentFile[] = [];
  for (const { wanted, stored } of found) {
    if (stored === undefined) return refuse("no-such-file");
    if (stored.scan !== "clean") return refuse(stored.scan);
    const tooLarge = mayPut(stored);
    if (tooLarge !== undefined) return tooLarge;
    const { sha256 } = wanted;
    if (files.some((file) => file.sha256 === sha256)) continue;
    const contentType = sentContentType(wanted.contentType);
    const name = safeFileName(wanted.name, contentType);
    files.push({ name, contentType, bytes: stored.bytes, sha256, key: sentFileKey(caseId, sha256) });
  }
  if (files.length > atMost.files) return refuse("too-many-files");
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes > atMost.answerBytes ? refuse("files-too-large") : files;
}

/** RFC 6838 §4.2, without parameters. */
const typeName = /^[a-z0-9!#$&^_.+-]{1,126}\/[a-z0-9!#$&^_.+-]{1,126}$/;

/** What a browser takes a file for. A mail in a mail, or many parts, would be read as part of ours (RFC 2046 §5): they go as bytes. */
export function sentContentType(contentType: string): string {
  const bare = contentType.trim().toLowerCase();
  const plain = typeName.test(bare) && !/^(message|multipart)\//.test(bare);
  return plain ? bare : "application/octet-stream";
}
