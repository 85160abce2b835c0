import { createHmac } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { bookingIdIn, bookingToken, isTokenOfBooking } from "./booking-token.ts";
import { caseTokens } from "./case-token.ts";

// Only what KMS is: a MAC of the message under the key that is named.
const kms = mockClient(KMSClient);
beforeEach(() => {
  kms.reset();
  kms.on(GenerateMacCommand).callsFake(({ KeyId, Message }) => ({
    Mac: createHmac("sha256", KeyId).update(Message).digest(),
  }));
});

const key = "key-1";
const booking = { bookingId: "0123456789abcdef0123456789abcdef", linkVersion: 1 };

describe("a booking's token", () => {
  test("is the same each time, and names its booking", async () => {
    const token = await bookingToken(key, booking);
    expect(token).toMatch(/^[a-z2-7]{52}$/);
    expect(await bookingToken(key, booking)).toBe(token);
    expect(bookingIdIn(token)).toBe(booking.bookingId);
    expect(await isTokenOfBooking(key, booking, token)).toBe(true);
  });

  test.each([
    ["another booking", key, { ...booking, bookingId: "f".repeat(32) }],
    ["a raised link version", key, { ...booking, linkVersion: 2 }],
    ["another key", "key-2", booking],
  ])("does not open %s", async (_what, otherKey, other) => {
    expect(await isTokenOfBooking(otherKey, other, await bookingToken(key, booking))).toBe(false);
  });

  test("with any letter changed opens nothing", async () => {
    const token = await bookingToken(key, booking);
    for (let place = 0; place < token.length; place += 1) {
      const changed = `${token.slice(0, place)}${token[place] === "a" ? "b" : "a"}${token.slice(place + 1)}`;
      expect(await isTokenOfBooking(key, booking, changed)).toBe(false);
    }
  });

  test("is none of a case's with the same id", async () => {
    const { page, reply } = await caseTokens(key, { caseId: booking.bookingId, linkVersion: 1 });
    expect(await isTokenOfBooking(key, booking, page)).toBe(false);
    expect(await isTokenOfBooking(key, booking, reply)).toBe(false);
  });

  test.each(["", "abc", "a".repeat(51), "A".repeat(52)])("%j names no booking", (text) => {
    expect(bookingIdIn(text)).toBeUndefined();
  });

  test("is not made from half a MAC", async () => {
    kms.on(GenerateMacCommand).resolves({ Mac: new Uint8Array(16) });
    await expect(bookingToken(key, booking)).rejects.toThrow("256 bits");
  });
});
