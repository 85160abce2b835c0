import { expect, test } from "vitest";
import { addresseeOf, type OwnAddresses, replyTokensOf } from "./addressee.ts";

const own: OwnAddresses = {
  domains: ["example.se", "in.example.se"],
  official: "kommunen@example.se",
  internal: "servicecenter-internt@example.se",
  units: new Map([["bygglov@example.se", "bygglov"]]),
};
const token = "abcdefghijklmnopqrstuvwxyz234567";

test.each([
  [["kommunen@example.se"], "official", undefined],
  [["Kommunen@IN.example.se"], "official", undefined],
  [["bygglov@in.example.se"], "unit", "bygglov"],
  [["servicecenter-internt@example.se"], "internal", undefined],
  [["hittepa@example.se"], "unknown", undefined],
  [["bygglov@example.org"], "unknown", undefined],
  [["bygglov@example.se", "kommunen@example.se"], "official", undefined],
  [["servicecenter-internt@example.se", "bygglov@example.se"], "unit", "bygglov"],
  [[`kommunen+${token}@example.se`], "reply", undefined],
  [["kommunen+hej@example.se"], "official", undefined],
  [[], "unknown", undefined],
  [["no address at all"], "unknown", undefined],
])("%j is %s", (recipients, addressee, unit) => {
  expect(addresseeOf(recipients, own)).toEqual({ addressee, unit });
});

test("a token is base32 of at least 128 bits, whatever the case of the letters", () => {
  expect(replyTokensOf([`Kommunen+${token.toUpperCase()}@example.se`, "kommunen+kort@example.se"])).toEqual([
    token,
  ]);
});
