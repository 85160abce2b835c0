import type { BadgeTone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";
import type { Sender } from "./api/case-schemas.ts";

/** A code of the API as the eye meets it. */
export type Words = { text: string; tone: BadgeTone; icon: IconName };

/** A case's or a message's subject as it is shown. */
export function subjectText(subject: string | null): string {
  return subject === null || subject.trim() === "" ? "(inget ämne)" : subject;
}

/** Who sent: the name when there is one, else the address. `detail` is the address beside a name. */
export function senderText(sender: Sender): { who: string; detail: string | undefined } {
  const name = sender?.name?.trim();
  const address = sender?.address?.trim();
  if (name) return { who: name, detail: address || undefined };
  return { who: address || "Okänd avsändare", detail: undefined };
}

const CHANNELS: Readonly<Record<string, { text: string; icon: IconName }>> = {
  email: { text: "E-post", icon: "mail" },
  web: { text: "Webben", icon: "mail" },
  phone: { text: "Telefon", icon: "phone" },
  visit: { text: "Besök", icon: "person" },
  letter: { text: "Brev", icon: "mail" },
};

/** The channel in a word. One that this console does not know is shown as it came. */
export function channelText(channel: string): { text: string; icon: IconName } {
  return CHANNELS[channel] ?? { text: channel, icon: "question" };
}

/** How the citizen was told, within a sentence. */
export function howText(how: string): string {
  return (
    { email: "med e-post", phone: "på telefon", visit: "vid ett besök", letter: "i ett brev" }[how] ?? ""
  );
}

/** How far the sender's address can be trusted. Anything that is not known to be good or bad is not confirmed. */
export function trustText(trust: string | null): Words {
  if (trust === "verified") return { text: "Avsändaren är bekräftad", tone: "success", icon: "check" };
  if (trust === "failed") return { text: "Kan vara förfalskad", tone: "danger", icon: "warning" };
  return { text: "Avsändaren är inte bekräftad", tone: "neutral", icon: "question" };
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^application\/pdf$/, "PDF"],
  [/^image\//, "bild"],
  [/^audio\//, "ljud"],
  [/^video\//, "film"],
  [/^message\/rfc822$/, "e-post"],
  [/^text\/calendar$/, "kalenderhändelse"],
  [/^text\/plain$/, "text"],
  [/^text\/html$/, "webbsida"],
  [/wordprocessingml|msword|opendocument\.text$/, "textdokument"],
  [/spreadsheetml|ms-excel|opendocument\.spreadsheet$|^text\/csv$/, "kalkylblad"],
  [/presentationml|ms-powerpoint/, "presentation"],
  [/^application\/(zip|x-7z-compressed|vnd\.rar)$/, "packad fil"],
];

/** The kind of a file in a word; the content type itself when it is an unusual one. */
export function fileTypeText(contentType: string): string {
  return TYPES.find(([pattern]) => pattern.test(contentType.toLowerCase()))?.[1] ?? contentType;
}

/** "240 kB", "1,5 MB": with the units and the comma that Swedish programs show. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} byte`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}

/** "a, b och c". */
export function listText(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} och ${last}`;
}
