import type { DefaultStackSynthesizer, IReusableStackSynthesizer } from "aws-cdk-lib";
import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";

// Some classes of the CDK declare `x?: T | undefined` where their interface has `x?: T`. Under
// exactOptionalPropertyTypes the class is then not its own interface: hence these two casts, and no others.

export function asIBucket(bucket: Bucket): IBucket {
  return bucket as IBucket;
}

export function asSynthesizer(synthesizer: DefaultStackSynthesizer): IReusableStackSynthesizer {
  return synthesizer as IReusableStackSynthesizer;
}
