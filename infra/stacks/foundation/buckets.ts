import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  HttpMethods,
  ObjectLockRetention,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "../../constructs/acknowledge.ts";
import { asIBucket } from "../../constructs/cdk-types.ts";
import { scanForMalware } from "./malware-scan.ts";

const shared: BucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
};

type Props = { key: IKey; lockDays: number; consoleUrl: string };

/** The objects that outlive a request. All of them stay when the stack is removed. */
export class Buckets extends Construct {
  /** Mail as SES left it, until it has been taken in. SES refuses a bucket with default retention. */
  readonly inbox: Bucket;
  /** Raw mail, unalterable. */
  readonly archive: Bucket;
  /** Text that crosses from one service to another: parsed mail, answers, assignments. Never written twice. */
  readonly letters: Bucket;
  /** Files that came with mail, or go with our answers, one object each: scanned for malware, and handed out only when nothing was found. */
  readonly files: Bucket;
  /** Events that a relay could not publish, whole. */
  readonly undelivered: Bucket;

  constructor(scope: Construct, id: string, { key, lockDays, consoleUrl }: Props) {
    super(scope, id);
    const accessLogs = new Bucket(this, "AccessLogs", {
      ...shared,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(365) }],
    });
    acknowledge(accessLogs, "AwsSolutions-S1", "It holds the access logs; logging them too would never end.");
    const logged = (prefix: string): BucketProps => ({
      ...shared,
      serverAccessLogsBucket: asIBucket(accessLogs),
      serverAccessLogsPrefix: `${prefix}/`,
    });
    const locked = { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true };
    this.inbox = new Bucket(this, "Inbox", {
      ...logged("inbox"),
      // Not our own key: nothing but the bucket itself may stand between SES and a citizen's mail.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(30) }],
    });
    this.archive = new Bucket(this, "Archive", {
      ...logged("archive"),
      ...locked,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(lockDays)),
    });
    this.letters = new Bucket(this, "Letters", { ...logged("letters"), ...locked, versioned: true });
    this.files = new Bucket(this, "Files", {
      ...logged("files"),
      ...locked,
      versioned: true,
      // The console's page puts an answer's files there itself: a function takes no more than 6 MB.
      cors: [
        {
          allowedMethods: [HttpMethods.PUT],
          allowedOrigins: [new URL(consoleUrl).origin],
          allowedHeaders: ["content-disposition", "content-type", "x-amz-checksum-sha256"],
          maxAge: 3_600,
        },
      ],
    });
    scanForMalware(this, this.files, key);
    this.undelivered = new Bucket(this, "Undelivered", { ...logged("undelivered"), ...locked });
  }
}
