import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  type GlobalSecondaryIndexPropsV2,
  StreamViewType,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { House } from "./alarm.ts";

type ServiceTableProps = {
  house: House;
  /** Only a table whose event rows are relayed needs one. */
  stream?: boolean;
  /** Rows whose `ttl` (seconds since 1970) is past are removed, some day: nothing is decided by it. */
  ttl?: boolean;
  indexes?: GlobalSecondaryIndexPropsV2[];
};

/**
 * A table that cannot be lost by a deployment: on demand, point-in-time recovery, deletion protection, our own key,
 * retained when its stack is removed. Keys are always `pk` and `sk`, strings.
 */
export class ServiceTable extends Construct {
  readonly table: TableV2;
  readonly tableName: string;
  readonly key: House["key"];
  private readonly streams: boolean;

  constructor(
    scope: Construct,
    id: string,
    { house, stream = false, ttl = false, indexes = [] }: ServiceTableProps,
  ) {
    super(scope, id);
    this.key = house.key;
    this.streams = stream;
    this.table = new TableV2(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: indexes,
      ...(ttl ? { timeToLiveAttribute: "ttl" } : {}),
      ...(stream ? { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
    });
    encrypt(this.table, house.key);
    this.tableName = this.table.tableName;
  }

  /** The ARN of the stream; a fault at synth where the table has none. */
  get streamArn(): string {
    const arn = this.table.tableStreamArn;
    if (!this.streams || arn === undefined)
      throw new Error(`${this.node.path} has no stream; create it with stream: true`);
    return arn;
  }
}

/** Our own key. TableV2 can say this only for a stack that knows its region, and ours leave that to the deployer. */
function encrypt(table: TableV2, key: House["key"]): void {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) throw new Error(`${table.node.path} is not a global table`);
  resource.addPropertyOverride("SSESpecification", { SSEEnabled: true, SSEType: "KMS" });
  resource.addPropertyOverride("Replicas.0.SSESpecification", { KMSMasterKeyId: key.keyArn });
}
