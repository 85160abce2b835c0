/**
 * How a mail is secured by its sender (RFC 8551, RFC 3156). We hold no keys: what is encrypted cannot be read here, and a
 * signature is shown as being there, not as checked.
 */
export const securedCodes = ["smime-encrypted", "pgp-encrypted", "smime-signed", "pgp-signed"] as const;
export type Secured = (typeof securedCodes)[number];

type Field = { key: string; value: string };
export type SecuredFacts = { fields: readonly Field[]; contentTypes: readonly string[]; text: string };

export function securedBy({ fields, contentTypes, text }: SecuredFacts): Secured | undefined {
  const type = fields.find(({ key }) => key === "content-type")?.value.toLowerCase() ?? "";
  const has = (wanted: RegExp) =>
    wanted.test(type) || contentTypes.some((one) => wanted.test(one.toLowerCase()));
  if (/^multipart\/encrypted\b/.test(type) || has(/^application\/pgp-encrypted\b/)) return "pgp-encrypted";
  if (text.trimStart().startsWith("-----BEGIN PGP MESSAGE-----")) return "pgp-encrypted";
  // An opaque signature has the text inside, which we do not unpack: its type says which of the two it is.
  if (has(/^application\/(x-)?pkcs7-mime\b/))
    return /smime-type\s{0,5}=\s{0,5}"?signed-data/.test(type) ? "smime-signed" : "smime-encrypted";
  if (has(/^application\/(x-)?pkcs7-signature\b/)) return "smime-signed";
  if (has(/^application\/pgp-signature\b/) || text.includes("-----BEGIN PGP SIGNED MESSAGE-----"))
    return "pgp-signed";
  return undefined;
}
