import { expect, test } from "vitest";
import { clientOf, dateIn, keyIn, timeIn, timeName, wishIn } from "./request.ts";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:0:12:aaaa:bbbb:cccc:dddd", "2001:db8:0:12"],
  ["2001:DB8:0:12::1", "2001:db8:0:12"],
  ["2001:0db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("%s asks as %s", (address, client) => {
  expect(clientOf(address)).toBe(client);
});

test("a time comes back as it was named, and nothing else is one", () => {
  const time = new Date("2026-11-26T09:15:00.000Z");
  expect(timeIn(new URLSearchParams({ tid: timeName(time) }))).toEqual(time);
  for (const tid of ["", "nu", "2026-11-26", "2026-13-45T99:99Z", "2026-11-26T09:15:00.000Z"])
    expect(timeIn(new URLSearchParams({ tid }))).toBeUndefined();
});

test("a date is one of the calendar", () => {
  expect(dateIn(new URLSearchParams("fran=2026-11-26"))).toBe("2026-11-26");
  for (const fran of ["", "2026-02-30", "2026-99-99", "i morgon"])
    expect(dateIn(new URLSearchParams({ fran }))).toBeUndefined();
});

test("of what is wished only what is known counts", () => {
  const fields = new URLSearchParams("sprak=fi&behov=step-free&behov=kitchen&behov=hearing-loop");
  expect(wishIn(fields)).toEqual({ language: "fi", equipment: ["step-free", "hearing-loop"], seats: 1 });
  expect(wishIn(new URLSearchParams("sprak=<b>"))).toEqual({ equipment: [], seats: 1 });
});

test("a form's name is one that we gave", () => {
  expect(keyIn(new URLSearchParams({ form: "0".repeat(32) }))).toBe("0".repeat(32));
  expect(keyIn(new URLSearchParams({ form: "a|b" }))).toBeUndefined();
});
