import { timingSafeEqual } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { municipality } from "#shared/config.ts";
import { base32, fromBase32 } from "#shared/ids.ts";

const kms = new KMSClient({});

/** What a token opens: the citizen's page about a case, or the case's conversation for a mail. */
export type TokenPurpose = "page" | "reply";
export type CaseTokens = Record<TokenPurpose, string>;

type TheCase = { caseId: string; linkVersion: number };

/** How much of the MAC a token carries: 128 bits, each purpose its own half. */
const macBytes = 16;
const idBytes = 16;

/**
 * The tokens of a case, 52 letters and digits each: its id, and half of a MAC over id and link version with a key that
 * never leaves KMS. The halves tell nothing of each other, so one call makes both. Derived whenever they are needed and
 * stored nowhere; a case whose link version is raised makes all earlier ones void.
 */
export async function caseTokens(keyId: string, { caseId, linkVersion }: TheCase): Promise<CaseTokens> {
  const message = [municipality().organisation.id, caseId, linkVersion].join("|");
  const { Mac } = await kms.send(
    new GenerateMacCommand({
      KeyId: keyId,
      MacAlgorithm: "HMAC_SHA_256",
      Message: new TextEncoder().encode(message),
    }),
  );
  if (Mac?.length !== 2 * macBytes) throw new Error("KMS gave no MAC of 256 bits");
  const token = (half: Uint8Array) => base32(Buffer.concat([Buffer.from(caseId, "hex"), half]));
  return { page: token(Mac.subarray(0, macBytes)), reply: token(Mac.subarray(macBytes)) };
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
  theCase: TheCase,
  token: string,
): Promise<boolean> {
  const genuine = Buffer.from((await caseTokens(keyId, theCase))[purpose]);
  const given = Buffer.from(token);
  return given.length === genuine.length && timingSafeEqual(given, genuine);
}
