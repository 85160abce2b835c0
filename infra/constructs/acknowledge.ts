import { Stack, Validations } from "aws-cdk-lib";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { IConstruct } from "constructs";

/** Answers one finding of the checks, by its full id, with the reason why it stands. */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/**
 * Answers the finding that a role names objects by prefix. A finding's id holds the resource as the template writes it:
 * here the name under which the bucket's stack exports its ARN.
 */
export function acknowledgeObjects(role: IConstruct, bucket: Bucket, prefixes: string[]): void {
  const home = Stack.of(bucket);
  const exported: { "Fn::ImportValue": string } = home.resolve(home.exportValue(bucket.bucketArn));
  for (const prefix of prefixes) {
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${exported["Fn::ImportValue"]}/${prefix}*]`,
      "Objects get their names as they come: the service's own prefix is the narrowest resource there is.",
    );
  }
}
