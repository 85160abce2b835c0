import { createHmac } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { caseIdIn, caseTokens, isTokenOf } from "./case-token.ts";

// Only what KMS is: a MAC of the message under the key that is named.
const kms = mockClient(KMSClient);
beforeEach(() => {
  kms.reset();
  kms.on(GenerateMacCommand).callsFake(({ KeyId, Message }) => ({
    Mac: createHmac("sha256", KeyId).update(Message).digest(),
  }));
});

const caseToken = async (keyId: string, purpose: "page" | "reply", of: Parameters<typeof caseTokens>[1]) =>
  (await caseTokens(keyId, of))[purpose];
const key = "key-1";
const theCase = { caseId: "0123456789abcdef0123456789abcdef", linkVersion: 1 };

describe("a case's token", () => {
  test("is 52 letters and digits that mail servers leave alone, the same each time, and names its case", async () => {
    const token = await caseToken(key, "page", theCase);
    expect(token).toMatch(/^[a-z2-7]{52}$/);
    expect(await caseToken(key, "page", theCase)).toBe(token);
    expect(caseIdIn(token)).toBe(theCase.caseId);
    expect(await isTokenOf(key, "page", theCase, token)).toBe(true);
  });

  test.each([
    ["another purpose", "key-1", "reply", theCase],
    ["another case", "key-1", "page", { ...theCase, caseId: "f".repeat(32) }],
    ["a raised link version", "key-1", "page", { ...theCase, linkVersion: 2 }],
    ["another key", "key-2", "page", theCase],
  ] as const)("does not open %s", async (_what, otherKey, purpose, other) => {
    const token = await caseToken(key, "page", theCase);
    expect(await isTokenOf(otherKey, purpose, other, token)).toBe(false);
  });

  test("with any letter changed opens nothing", async () => {
    const token = await caseToken(key, "page", theCase);
    for (let place = 0; place < token.length; place += 1) {
      const changed = `${token.slice(0, place)}${token[place] === "a" ? "b" : "a"}${token.slice(place + 1)}`;
      expect(await isTokenOf(key, "page", theCase, changed)).toBe(false);
    }
  });

  test.each(["", "abc", "a".repeat(51), "A".repeat(52), "1".repeat(52)])("%j names no case", (text) => {
    expect(caseIdIn(text)).toBeUndefined();
  });
});
