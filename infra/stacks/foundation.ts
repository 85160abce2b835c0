import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import type { House } from "../constructs/alarm.ts";
import { ServiceTable } from "../constructs/service-table.ts";
import { Buckets } from "./foundation/buckets.ts";
import { Doorway } from "./foundation/doorway.ts";
import { receiveMail } from "./foundation/mail-rules.ts";
import { letPublish, letUseKey } from "./foundation/publishers.ts";
import { type UnitQueues, unitQueues } from "./foundation/unit-queues.ts";

type FoundationProps = StackProps & { municipality: Municipality; kommun: string; bundles: string };

/** What all services stand on: the key, the events topic, identity, the API, the buckets and the mail rules. */
export class Foundation extends Stack {
  readonly house: House;
  readonly events: Topic;
  readonly mailNotices: Topic;
  readonly staff: ServiceTable;
  readonly buckets: Buckets;
  readonly doorway: Doorway;
  /** Makes the tokens of personal links and reply addresses. It never leaves KMS. */
  readonly linkKey: Key;
  readonly unitQueues: UnitQueues[];

  constructor(scope: Construct, id: string, { municipality, kommun, bundles, ...props }: FoundationProps) {
    super(scope, id, props);
    const key = new Key(this, "Key", {
      description: `Servicecenter, ${municipality.organisation.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const alarms = new Topic(this, "Alarms", { enforceSSL: true, masterKey: key });
    letPublish(alarms, "cloudwatch.amazonaws.com");
    letUseKey(key, "cloudwatch.amazonaws.com");
    this.house = { bundles, key, alarms };
    this.events = new Topic(this, "Events", { enforceSSL: true, masterKey: key });
    this.staff = new ServiceTable(this, "Staff", { house: this.house });
    this.buckets = new Buckets(this, "Buckets", {
      key,
      lockDays: municipality.archive.lockDays,
      consoleUrl: municipality.console.url,
    });
    this.mailNotices = receiveMail(this, {
      house: this.house,
      kommun,
      municipality,
      inbox: this.buckets.inbox,
    });
    letPublish(this.mailNotices, "ses.amazonaws.com");
    letUseKey(key, "ses.amazonaws.com");
    this.linkKey = new Key(this, "LinkKey", {
      description: `Servicecenter, ${municipality.organisation.name}: personal links`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.unitQueues = unitQueues(this, {
      house: this.house,
      kommun,
      units: municipality.units,
      events: this.events,
      letters: this.buckets.letters,
      key,
    });
    this.doorway = new Doorway(this, "Doorway", municipality);
    this.output("AlarmsTopicArn", alarms.topicArn);
    this.output("EventsTopicArn", this.events.topicArn);
    this.output("StaffTable", this.staff.tableName);
    this.output("ArchiveBucket", this.buckets.archive.bucketName);
    this.output("LettersBucket", this.buckets.letters.bucketName);
    this.output("FilesBucket", this.buckets.files.bucketName);
    this.output("UndeliveredBucket", this.buckets.undelivered.bucketName);
    this.output("InboxBucket", this.buckets.inbox.bucketName);
    this.output("ApiUrl", this.doorway.api.apiEndpoint);
    this.output("UserPoolId", this.doorway.pool.userPoolId);
    this.output("UserPoolClientId", this.doorway.client.userPoolClientId);
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}
