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
