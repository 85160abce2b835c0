import { timingSafeEqual } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { municipality } from "#shared/config.ts";
import { base32, fromBase32 } from "#shared/ids.ts";

const kms = new KMSClient({});

/** What a token opens: the citizen's page about a case, or the case's conversation for a mail. */
export type TokenPurpose = "page" | "reply";

/** How much of the MAC a token carries: 128 bits. */
const macBytes = 16;
const idBytes = 16;

/**
 * The token of a case, 52 letters and digits: its id, and a MAC over purpose, id and link version with a key that never leaves KMS.
 * Derived whenever it is needed and stored nowhere; a case whose link version is raised makes all earlier ones void.
 */
export async function caseToken(
  keyId: string,
  purpose: TokenPurpose,
  { caseId, linkVersion }: { caseId: string; linkVersion: number },
): Promise<string> {
  const message = [municipality().organisation.id, purpose, caseId, linkVersion].join("|");
  const { Mac } = await kms.send(
    new GenerateMacCommand({
      KeyId: keyId,
      MacAlgorithm: "HMAC_SHA_256",
      Message: new TextEncoder().encode(message),
    }),
  );
  if (Mac === undefined) throw new Error("KMS gave no MAC");
  return base32(Buffer.concat([Buffer.from(caseId, "hex"), Mac.subarray(0, macBytes)]));
}

/** The case that a token says it is of; undefined for what is no token. Whether it is genuine, `isTokenOf` says. */
export function caseIdIn(token: string): string | undefined {
  const bytes = fromBase32(token);
  if (bytes?.length !== idBytes + macBytes) return undefined;
  return Buffer.from(bytes.subarray(0, idBytes)).toString("hex");
}

/** Whether a token is this case's own, for this purpose, now. Takes as long for a wrong one. */
export async function isTokenOf(
  keyId: string,
  purpose: TokenPurpose,
  theCase: { caseId: string; linkVersion: number },
  token: string,
): Promise<boolean> {
  const genuine = Buffer.from(await caseToken(keyId, purpose, theCase));
  const given = Buffer.from(token);
  return given.length === genuine.length && timingSafeEqual(given, genuine);
}
