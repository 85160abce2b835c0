import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { SentFile } from "#services/cases/events.ts";
import { sha256 } from "#shared/ids.ts";

const s3 = new S3Client({});

/** The files of an answer, ready to be attached. Throws when one is missing or is not what the letter names: nothing half goes out. */
export async function readSentFiles(
  bucket: string,
  files: readonly SentFile[],
): Promise<{ filename: string; contentType: string; content: Uint8Array }[]> {
  return await Promise.all(
    files.map(async (file) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: file.key }));
      const content = await Body?.transformToByteArray();
      if (content === undefined || sha256(content) !== file.sha256)
        throw new Error(`file ${file.sha256} is not what was sealed`);
      return { filename: file.name, contentType: file.contentType, content };
    }),
  );
}
