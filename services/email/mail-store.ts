import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { asAttachment, safeFileName } from "#shared/file-name.ts";
import { inboxPrefix, mailFileKey } from "./keys.ts";
import type { MailFile } from "./mail/files.ts";

const s3 = new S3Client({});

/** The raw mail as SES wrote it, or undefined when the inbox no longer has it. */
export async function readInbox(bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await object.Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

export async function emptyInbox(bucket: string, key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/**
 * Keeps the raw mail for good. The name is the content, so a second run writes the same object again; the bucket locks
 * every version.
 */
export async function archive(bucket: string, key: string, raw: Uint8Array, receivedAt: Date): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: raw,
      ContentType: "message/rfc822",
      Metadata: { "received-at": receivedAt.toISOString() },
    }),
  );
}

/** Files put at the same time: a mail may have hundreds. */
const filesAtOnce = 8;

/**
 * Keeps the files of a mail one by one, where a scanner tags them. The name is the content, so a second run writes the
 * same again. Their names lie with them, under which they are saved; no type
 * of the sender's does: nothing that we hand out is to be run.
 */
export async function keepFiles(
  bucket: string,
  mailId: string,
  files: ReadonlyMap<string, MailFile>,
): Promise<void> {
  const left = [...files];
  const next = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      const [digest, { name, contentType, content }] = file;
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: mailFileKey(mailId, digest),
          Body: content,
          ContentType: "application/octet-stream",
          ContentDisposition: asAttachment(safeFileName(name, contentType)),
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce }, next));
}

export type InboxObject = { key: string; lastModified: Date };

/** Everything in the inbox, a page of at most 1 000 at a time. */
export async function* listInbox(bucket: string): AsyncGenerator<readonly InboxObject[]> {
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: inboxPrefix, ContinuationToken: token }),
    );
    yield (page.Contents ?? []).flatMap(({ Key, LastModified }) =>
      Key === undefined || LastModified === undefined ? [] : [{ key: Key, lastModified: LastModified }],
    );
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
