import { createHash, randomUUID } from "node:crypto";

/** A new random id: 128 bits as 32 lower-case hex digits. Called in shells only, so that a core's decision can be repeated. */
export function newId(): string {
  return randomUUID().replaceAll("-", "");
}

/** sha256 as 64 lower-case hex digits: the seal of archived mail and of letters. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The first 128 bits of sha256 as 32 hex digits: enough for an identity that nobody can collide by chance. */
export function shortHash(content: Uint8Array | string): string {
  return sha256(content).slice(0, 32);
}

const base32Digits = "abcdefghijklmnopqrstuvwxyz234567";

/** Base32 (RFC 4648 §6) in lower case, without padding: five bits a letter, and mail servers that change case do no harm. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += base32Digits[(held >>> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + base32Digits[(held << (5 - bits)) & 31];
}

/** The bytes of a text that `base32` made; undefined for any other. */
export function fromBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const digit = base32Digits.indexOf(letter);
    if (digit < 0) return undefined;
    held = (held << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >>> bits) & 255);
    held &= (1 << bits) - 1;
  }
  const whole = Uint8Array.from(bytes);
  return base32(whole) === text ? whole : undefined;
}
