import { describe, expect, it } from "vitest";
import { channelOf, mobileOf } from "./channel.ts";

describe("a Swedish mobile's number", () => {
  it.each([
    ["070-174 06 05", "46701740605"],
    ["0701740605", "46701740605"],
    ["+46 70 174 06 05", "46701740605"],
    ["+46 (0)70-174 06 05", "46701740605"],
    ["0046 73 174 06 05", "46731740605"],
  ])("%s is %s", (written, number) => {
    expect(mobileOf(written)).toBe(number);
  });
  it.each([
    "",
    "08-465 004 04",
    "026-17 80 00",
    "071-174 06 05",
    "+47 401 23 456",
    "070-174 06 0",
    "070-174 06 055",
    "070-174 06 05 ankn 3",
    "+46701740605@example.org",
  ])("is not %j", (written) => {
    expect(mobileOf(written)).toBeUndefined();
  });
});

describe("somebody is told", () => {
  const phone = "070-174 06 05";
  it("by mail when they gave an address", () => {
    expect(channelOf({ email: "asa@example.org", phone })).toEqual({ kind: "email", to: "asa@example.org" });
  });
  it("by text message when they gave a mobile's number alone", () => {
    expect(channelOf({ email: null, phone })).toEqual({ kind: "text", to: "46701740605@sms.example.se" });
  });
  it("by neither when only a call reaches them", () => {
    expect(channelOf({ email: null, phone: "08-465 004 04" })).toBeUndefined();
    expect(channelOf({ email: null, phone: null })).toBeUndefined();
  });
});
