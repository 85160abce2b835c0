import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { asAttachment } from "#shared/file-name.ts";
import { type Scan, scanOf } from "./message-file.ts";
import type { StoredFile } from "./sent-file.ts";

const s3 = new S3Client({});

/** How long an address to a file holds, in seconds: for the click that asked for it. */
const holdsSeconds = 60;

/** How long a file may be on its way here, in seconds: 25 MB on a slow line. */
const putSeconds = 300;

/** A file of a mail, as the e-mail service kept it. */
export function mailFileKey(mailId: string, sha256: string): string {
  return `email/${mailId}/${sha256}`;
}

/** What the scanner has said of a file. Undefined for a file that is not there. */
export async function scanResult(bucket: string, key: string): Promise<Scan | undefined> {
  try {
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
    return scanOf(TagSet?.find(({ Key }) => Key === "GuardDutyMalwareScanStatus")?.Value);
  } catch (error) {
    if (error instanceof NoSuchKey || (error instanceof Error && error.name === "NoSuchKey"))
      return undefined;
    throw error;
  }
}

/**
 * An address at which the file can be had for a minute, to be saved and never shown in place: its name lies with the object
 * (Content-Disposition), since an address is written in logs.
 */
export async function addressOf(bucket: string, key: string): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentType: "application/octet-stream",
  });
  return await getSignedUrl(s3, command, { expiresIn: holdsSeconds });
}

/** How large a file is and what the scanner has said of it. Undefined for a file that is not there. */
export async function storedFile(bucket: string, key: string): Promise<StoredFile | undefined> {
  try {
    const { ContentLength = 0 } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    const scan = await scanResult(bucket, key);
    return scan === undefined ? undefined : { bytes: ContentLength, scan };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** Where a browser puts a file, and the headers that it must send with it. */
export type Upload = { url: string; headers: Readonly<Record<string, string>> };

/**
 * An address that takes one file and no other: its length and SHA-256 are part of what is signed, and S3 refuses other bytes
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html). The checksum stays a header: as a
 * part of the address it would not be checked.
 */
export async function putAddress(
  bucket: string,
  key: string,
  { name, bytes, sha256 }: { name: string; bytes: number; sha256: string },
): Promise<Upload> {
  const disposition = asAttachment(name);
  const checksum = Buffer.from(sha256, "hex").toString("base64");
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    ContentLength: bytes,
    ContentDisposition: disposition,
    ChecksumSHA256: checksum,
  });
  const url = await getSignedUrl(s3, command, {
    expiresIn: putSeconds,
    unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
  });
  return { url, headers: { "content-disposition": disposition, "x-amz-checksum-sha256": checksum } };
}
