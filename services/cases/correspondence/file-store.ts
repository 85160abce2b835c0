import { GetObjectCommand, GetObjectTaggingCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { asAttachment, type Scan, scanOf } from "./message-file.ts";

const s3 = new S3Client({});

/** How long an address to a file holds, in seconds: for the click that asked for it. */
const holdsSeconds = 60;

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

/** An address at which the file can be had for a minute, to be saved and never shown in place. */
export async function addressOf(bucket: string, key: string, name: string): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentDisposition: asAttachment(name),
    ResponseContentType: "application/octet-stream",
  });
  return await getSignedUrl(s3, command, { expiresIn: holdsSeconds });
}
