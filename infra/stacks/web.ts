import { existsSync } from "node:fs";
import { RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { asIBucket } from "../constructs/cdk-types.ts";
import { API_SCOPE } from "./foundation/doorway.ts";
import type { Foundation } from "./foundation.ts";

type Props = StackProps & { foundation: Foundation; municipality: Municipality; console: string };

/** The agents' console: static files, and a `settings.json` that says where to sign in. */
export class Web extends Stack {
  constructor(scope: Construct, id: string, { foundation, municipality, console, ...props }: Props) {
    super(scope, id, props);
    const bucket = new Bucket(this, "Files", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Rebuilt by every deployment: nothing in it is the only copy.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(
      bucket,
      "AwsSolutions-S1",
      "Static files without personal data; who may reach them is decided in front.",
    );
    const { pool, client } = foundation.doorway;
    const settings = Source.jsonData("settings.json", {
      issuer: pool.userPoolProviderUrl,
      clientId: client.userPoolClientId,
      scope: `openid ${API_SCOPE}`,
      organisation: municipality.organisation.name,
      serviceCentre: municipality.serviceCentre.name,
      colour: municipality.colours.primary,
    });
    new BucketDeployment(this, "Upload", {
      destinationBucket: asIBucket(bucket),
      sources: existsSync(console) ? [Source.asset(console), settings] : [settings],
      memoryLimit: 512,
      logGroup: new LogGroup(this, "UploadLogs", {
        retention: RetentionDays.SIX_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    acknowledgeUploader(this, bucket);
  }
}

/** The CDK's own function that unpacks the files: it runs at deployment only and is not ours to change. */
function acknowledgeUploader(stack: Stack, bucket: Bucket): void {
  const uploader = stack.node.children.find(({ node }) => node.id.startsWith("Custom::CDKBucketDeployment"));
  if (!uploader) throw new Error("the CDK no longer names its uploader Custom::CDKBucketDeployment…");
  const reason =
    "The CDK's own uploader, run by CloudFormation at deployment only, on the console's bucket only.";
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) throw new Error(`${bucket.node.path} is not a bucket`);
  const findings = [
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
    "AwsSolutions-IAM5[Action::s3:GetBucket*]",
    "AwsSolutions-IAM5[Action::s3:GetObject*]",
    "AwsSolutions-IAM5[Action::s3:List*]",
    "AwsSolutions-IAM5[Action::s3:Abort*]",
    "AwsSolutions-IAM5[Action::s3:DeleteObject*]",
    "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]",
    `AwsSolutions-IAM5[Resource::<${stack.getLogicalId(resource)}.Arn>/*]`,
    "AwsSolutions-L1",
    "Serverless-LambdaDLQ",
    "Serverless-LambdaLatestVersion",
    "Serverless-LambdaTracing",
  ];
  for (const finding of findings) acknowledge(uploader, finding, reason);
}
