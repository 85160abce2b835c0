import { GetObjectCommand, type GetObjectCommandOutput, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { readLetter, sealLetter } from "./letter.ts";

// A bucket that gives other bytes than were written is not to be had from the emulator.
const s3 = mockClient(S3Client);
beforeEach(() => s3.reset());

const schema = z.object({ text: z.string() });
/** As much of a body as reading a letter takes. */
const holds = (body: string) =>
  s3.on(GetObjectCommand).resolves({
    Body: {
      transformToByteArray: async () => Buffer.from(body),
    } as unknown as GetObjectCommandOutput["Body"],
  } as GetObjectCommandOutput);

test("a letter is named by its content, and read back as it was", async () => {
  const sealed = sealLetter("email", "1".repeat(32), { text: "Hej på dig" });
  expect(sealed.key).toBe(`email/${"1".repeat(32)}/${sealed.sha256}.json`);
  holds(sealed.body);
  expect(await readLetter("b", sealed, schema)).toEqual({ text: "Hej på dig" });
});

test("the same letter sealed twice is one object, a changed one another", () => {
  const key = (text: string) => sealLetter("email", "1".repeat(32), { text }).key;
  expect(key("a")).toBe(key("a"));
  expect(key("a")).not.toBe(key("b"));
});

test("a letter whose bytes were changed is refused", async () => {
  const sealed = sealLetter("email", "1".repeat(32), { text: "Ja" });
  holds('{"text":"Nej"}');
  await expect(readLetter("b", sealed, schema)).rejects.toThrow("not what was sealed");
});

test("a letter that is gone is told by its hash, not by its content", async () => {
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: "", $metadata: {} }));
  const sealed = sealLetter("email", "1".repeat(32), { text: "Ja" });
  await expect(readLetter("b", sealed, schema)).rejects.toThrow(`letter ${sealed.sha256} is missing`);
});
