import { join } from "node:path";
import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { type IRole, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { FunctionName } from "../functions.ts";
import { acknowledge, acknowledgeObjects } from "./acknowledge.ts";
import { alarm, FIVE_MINUTES, type House } from "./alarm.ts";
import type { ServiceTable } from "./service-table.ts";

type ServiceFunctionProps<Env extends object> = {
  house: House;
  name: FunctionName;
  /** Exactly what the function's own environment schema reads. */
  environment: Env;
  timeout: Duration;
  /** In MB. 1769 is one whole processor. */
  memory: number;
  /** What people notice when it fails. */
  userImpact: string;
};

type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";
const READ: TableAction[] = ["GetItem", "BatchGetItem", "Query"];
const WRITE: TableAction[] = [...READ, "PutItem", "UpdateItem", "ConditionCheckItem"];

/** Prefixes end in a slash; an empty list of prefixes grants nothing. */
type BucketAccess = { read?: string[]; tags?: boolean; write?: string[]; remove?: string[]; list?: boolean };

/** One function with a role of its own that may do what it is bound to and nothing else. */
export class ServiceFunction<Env extends object> extends Construct {
  readonly fn: Lambda;
  readonly role: IRole;
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<Env>) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    this.logs = logGroup;
    this.role = role;
    this.fn = new Lambda(this, "Function", {
      code: Code.fromAsset(join(props.house.bundles, props.name)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memory,
      environment: {
        ...props.environment,
        FUNCTION_NAME: props.name,
        LOG_LEVEL: "INFO",
      },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
    acknowledgeTracing(role);
    alarm(this, "Failing", props.house, {
      metric: this.fn.metricErrors({ ...FIVE_MINUTES, statistic: "sum" }),
      atLeast: 1,
      userImpact: props.userImpact,
    });
  }

  /** Rows of the table itself; of an index only where it is named. */
  bindTable(table: ServiceTable, access: "read" | "write" | TableAction[], indexes: string[] = []): void {
    const actions = access === "read" ? READ : access === "write" ? WRITE : access;
    this.allow(
      actions.map((action) => `dynamodb:${action}`),
      [table.table.tableArn],
    );
    if (indexes.length > 0) {
      this.allow(
        ["dynamodb:Query"],
        indexes.map((index) => `${table.table.tableArn}/index/${index}`),
      );
    }
    const writes = actions.some((action) => !["GetItem", "BatchGetItem", "Query"].includes(action));
    this.allow(writes ? KEY_WRITE : KEY_READ, [table.key.keyArn]);
  }

  /** Objects below the prefixes, and with `tags` what they are tagged with. `list` also makes a missing object a 404 and not a 403. */
  bindBucket(
    bucket: Bucket,
    { read = [], tags = false, write = [], remove = [], list = false }: BucketAccess,
  ): void {
    const objects = (prefixes: string[]) => prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`));
    if (read.length > 0)
      this.allow(["s3:GetObject", ...(tags ? ["s3:GetObjectTagging"] : [])], objects(read));
    if (write.length > 0) this.allow(["s3:PutObject"], objects(write));
    if (remove.length > 0) this.allow(["s3:DeleteObject"], objects(remove));
    if (list) this.allow(["s3:ListBucket"], [bucket.bucketArn]);
    acknowledgeObjects(this.role, bucket, [...read, ...write, ...remove]);
    const key = bucket.encryptionKey;
    // Reading back is part of a multipart upload, so writing needs both.
    if (key && read.length + write.length > 0) {
      this.allow(write.length > 0 ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"], [key.keyArn]);
    }
  }

  /** Publishing on the topic. */
  bindTopic(topic: ITopic, key: House["key"]): void {
    this.allow(["sns:Publish"], [topic.topicArn]);
    this.allow(["kms:Decrypt", "kms:GenerateDataKey"], [key.keyArn]);
  }

  /** Making tokens with a key that signs and never leaves KMS. */
  bindMacKey(key: IKey): void {
    this.allow(["kms:GenerateMac"], [key.keyArn]);
  }

  /** The last resort: exact actions on exact resources. */
  allow(actions: string[], resources: string[]): void {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }
}

// What DynamoDB needs of the caller for a table under our own key.
const KEY_READ = ["kms:Decrypt", "kms:DescribeKey"];
const KEY_WRITE = [...KEY_READ, "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

function acknowledgeTracing(role: Role): void {
  const reason =
    "X-Ray takes no resource: PutTraceSegments and PutTelemetryRecords are granted on all or nothing.";
  acknowledge(role, "AwsSolutions-IAM5[Resource::*]", reason);
}
