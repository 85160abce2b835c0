import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type * as z from "zod/mini";
import type { LetterRef } from "#shared/event.ts";
import { sha256 } from "#shared/ids.ts";

const s3 = new S3Client({});

/** A letter is named by its own content: written twice it is the same object, and a changed one would have another name. */
export function sealLetter(prefix: string, about: string, content: unknown): LetterRef & { body: string } {
  const body = JSON.stringify(content);
  const digest = sha256(body);
  return { key: `${prefix}/${about}/${digest}.json`, sha256: digest, body };
}

/** Writes a sealed letter, before the transaction that names it: a letter that nothing names is harmless. */
export async function writeLetter(bucket: string, letter: LetterRef & { body: string }): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: letter.key,
      Body: letter.body,
      ContentType: "application/json",
    }),
  );
}

/** Reads a letter. Throws when it is missing, when its bytes are not the sealed ones, or when it is of another shape. */
export async function readLetter<T>(bucket: string, ref: LetterRef, schema: z.ZodMiniType<T>): Promise<T> {
  const body = await readObject(bucket, ref.key);
  if (body === undefined) throw new Error(`letter ${ref.sha256} is missing`);
  if (sha256(body) !== ref.sha256) throw new Error(`letter ${ref.sha256} is not what was sealed`);
  return schema.parse(JSON.parse(new TextDecoder().decode(body)));
}

async function readObject(bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await object.Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
