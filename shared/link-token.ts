import { timingSafeEqual } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { base32, fromBase32 } from "#shared/ids.ts";

const kms = new KMSClient({});

/** How much of a MAC a token carries: 128 bits. */
export const macBytes = 16;
const idBytes = 16;

/** A MAC of 256 bits over all of `message`, with a key that never leaves KMS. No part may hold a `|`. */
export async function macOf(keyId: string, message: readonly (string | number)[]): Promise<Uint8Array> {
  const { Mac } = await kms.send(
    new GenerateMacCommand({
      KeyId: keyId,
      MacAlgorithm: "HMAC_SHA_256",
      Message: new TextEncoder().encode(message.join("|")),
    }),
  );
  if (Mac?.length !== 2 * macBytes) throw new Error("KMS gave no MAC of 256 bits");
  return Mac;
}

/** What a link bears: an id of 32 hex digits and half of a MAC, as 52 letters and digits that mail servers leave alone. */
export function tokenOf(id: string, half: Uint8Array): string {
  return base32(Buffer.concat([Buffer.from(id, "hex"), half]));
}

/** The id that a token says it is of; undefined for what is no token. Whether it is genuine, its MAC says. */
export function idIn(token: string): string | undefined {
  const bytes = fromBase32(token);
  if (bytes?.length !== idBytes + macBytes) return undefined;
  return Buffer.from(bytes.subarray(0, idBytes)).toString("hex");
}

/** Whether two tokens are the same. Takes as long for a wrong one. */
export function isSameToken(genuine: string, given: string): boolean {
  const [one, other] = [Buffer.from(genuine), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
