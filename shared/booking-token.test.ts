import { createHmac } from "node:crypto";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { bookingIdIn, bookingToken, isTokenOfBooking } from "./booking-token.ts";
import { caseTokens } from "./case-token.ts";
import { isTokenOfWaiting, waitingIdIn, waitingToken } from "./waiting-token.ts";

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

describe("the token of a place in line", () => {
  const waiting = { waitingId: booking.bookingId, linkVersion: 1 };

  test("opens it alone, as long as its link version holds", async () => {
    const token = await waitingToken(key, waiting);
    expect(waitingIdIn(token)).toBe(waiting.waitingId);
    expect(await isTokenOfWaiting(key, waiting, token)).toBe(true);
    expect(await isTokenOfWaiting(key, { ...waiting, linkVersion: 2 }, token)).toBe(false);
    expect(
      await isTokenOfWaiting(key, waiting, `${token.slice(0, -1)}${token.endsWith("a") ? "q" : "a"}`),
    ).toBe(false);
  });

  test("is none of a booking's or a case's with the same id", async () => {
    const token = await waitingToken(key, waiting);
    expect(await isTokenOfBooking(key, booking, token)).toBe(false);
    expect(await isTokenOfWaiting(key, waiting, await bookingToken(key, booking))).toBe(false);
    const { page, reply } = await caseTokens(key, { caseId: booking.bookingId, linkVersion: 1 });
    expect(await isTokenOfWaiting(key, waiting, page)).toBe(false);
    expect(await isTokenOfWaiting(key, waiting, reply)).toBe(false);
  });
});
