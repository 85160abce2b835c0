import { expect, test } from "vitest";
import { securedBy } from "./secured.ts";

const type = (value: string) => [{ key: "content-type", value }];

test.each([
  [type('application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'), [], "", "smime-encrypted"],
  [type("application/x-pkcs7-mime; name=smime.p7m"), [], "", "smime-encrypted"],
  [type("application/pkcs7-mime; smime-type=signed-data"), [], "", "smime-signed"],
  [
    type('multipart/signed; protocol="application/pkcs7-signature"'),
    ["application/pkcs7-signature"],
    "Hej",
    "smime-signed",
  ],
  [type('multipart/encrypted; protocol="application/pgp-encrypted"'), [], "", "pgp-encrypted"],
  [type("text/plain"), [], "-----BEGIN PGP MESSAGE-----\nabc", "pgp-encrypted"],
  [type("multipart/signed"), ["application/pgp-signature"], "Hej", "pgp-signed"],
  [type("text/plain"), [], "-----BEGIN PGP SIGNED MESSAGE-----\nHej", "pgp-signed"],
  [type("text/plain"), ["application/pdf"], "Min pgp-nyckel bifogas", undefined],
  [[], [], "", undefined],
])("%j with %j is %s", (fields, contentTypes, text, secured) => {
  expect(securedBy({ fields, contentTypes, text })).toBe(secured);
});
