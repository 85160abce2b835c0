import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Topic } from "aws-cdk-lib/aws-sns";

/** A service of AWS publishes as itself, and only for our account: the topic must let it in. */
export function letPublish(topic: Topic, service: string): void {
  topic.addToResourcePolicy(
    new PolicyStatement({ ...ours(topic, service), actions: ["sns:Publish"], resources: [topic.topicArn] }),
  );
}

/** To publish on a topic under our key the service must also be let use the key. In a key's own policy "*" is the key. */
export function letUseKey(key: Key, service: string): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      ...ours(key, service),
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
    }),
  );
}

function ours(scope: Topic | Key, service: string) {
  return {
    principals: [new ServicePrincipal(service)],
    conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
  };
}
