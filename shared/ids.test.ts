import fc from "fast-check";
import { expect, test } from "vitest";
import { base32, fromBase32, newId, shortHash } from "./ids.ts";

// RFC 4648 §10, in lower case and without padding.
test.each([
  ["", ""],
  ["f", "my"],
  ["fo", "mzxq"],
  ["foo", "mzxw6"],
  ["foob", "mzxw6yq"],
  ["fooba", "mzxw6ytb"],
  ["foobar", "mzxw6ytboi"],
])("base32 of %j is %s", (text, coded) => {
  expect(base32(Buffer.from(text))).toBe(coded);
});

test("base32 gives back what it was given", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromBase32(base32(bytes))).toEqual(bytes);
    }),
  );
});

test.each(["MY", "m1", "m", "mz====", "mx"])("%s is no base32 of ours", (text) => {
  expect(fromBase32(text)).toBeUndefined();
});

test("ids are 32 hex digits", () => {
  expect([newId(), shortHash("x")].join()).toMatch(/^[0-9a-f]{32},[0-9a-f]{32}$/);
});
