import type { Attachment } from "postal-mime";
import { sha256 } from "#shared/ids.ts";
import type { MailLetter } from "../events.ts";
import { cut, oneLine } from "./plain.ts";
import { filesInTnef } from "./tnef.ts";

/** What the letter lists; all of it is in the archive. */
const limits = { files: 500, name: 300 };

/** A file that came with a mail: as the letter lists it, and its content. */
export type MailFile = MailLetter["attachments"][number] & { content: Uint8Array };

/** What came with a mail; of a `winmail.dat` also the files in it. */
export function filesOf(attachments: readonly Attachment[]): readonly MailFile[] {
  return attachments
    .slice(0, limits.files)
    .flatMap((part): readonly MailFile[] => {
      const content = bytesOf(part.content);
      const outer = file(part.filename, part.mimeType, content, false);
      const contentId = part.contentId?.replace(/^<|>$/g, "").slice(0, limits.name) ?? null;
      const packed = filesInTnef(content) ?? [];
      return [
        { ...outer, contentId },
        ...packed.map((inner) => file(inner.name, "application/octet-stream", inner.content, true)),
      ];
    })
    .slice(0, limits.files);
}

function file(name: string | null, contentType: string, content: Uint8Array, unpacked: boolean): MailFile {
  return {
    name: cut(oneLine(name ?? ""), limits.name),
    contentType: contentType.slice(0, limits.name),
    bytes: content.byteLength,
    sha256: sha256(content),
    unpacked,
    contentId: null,
    content,
  };
}

export function bytesOf(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
