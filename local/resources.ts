import * as z from "zod";

/**
 * What this machine knows of CloudFormation: for each type of resource its properties, either *played* (the schema says
 * which values) or *deploy-only* (what has no meaning on one machine: keys, alarms, logs, who may administer). A template
 * with anything else stops the start with its name, so that nothing is ever silently not played.
 */
const deployOnly = z.unknown().optional();
const text = z.string();
const whole = z.int();
const arn = z.object({ Arn: text });

const queue = z.strictObject({
  QueueName: text.optional(),
  VisibilityTimeout: whole.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: text, maxReceiveCount: whole }).optional(),
  MessageRetentionPeriod: whole.optional(),
  DelaySeconds: whole.optional(),
  SqsManagedSseEnabled: deployOnly,
  KmsMasterKeyId: deployOnly,
  Tags: deployOnly,
});

const subscription = z.strictObject({
  TopicArn: text,
  Protocol: z.literal("sqs"),
  Endpoint: text,
  RawMessageDelivery: z.boolean().optional(),
  FilterPolicy: z.record(text, z.array(text)).optional(),
  /** Where a notice goes that cannot be delivered: on one machine the queue is always there. */
  RedrivePolicy: deployOnly,
});

const keySchema = z.array(z.strictObject({ AttributeName: text, KeyType: z.enum(["HASH", "RANGE"]) }));
const projection = z.strictObject({
  ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
  NonKeyAttributes: z.array(text).optional(),
});
const table = z.strictObject({
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: text, AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.strictObject({ IndexName: text, KeySchema: keySchema, Projection: projection }))
    .optional(),
  StreamSpecification: z.strictObject({ StreamViewType: z.literal("NEW_AND_OLD_IMAGES") }).optional(),
  BillingMode: z.literal("PAY_PER_REQUEST"),
  /** Backups, deletion protection and encryption of each region's copy. */
  Replicas: deployOnly,
  SSESpecification: deployOnly,
  /** Rows are deleted at the emulator's own pace; nothing may depend on it. */
  TimeToLiveSpecification: deployOnly,
});

/** A function of ours. The CDK's own helpers (Python) are `deploymentHelper`. */
const nodeFunction = z.strictObject({
  Code: z.strictObject({ S3Bucket: deployOnly, S3Key: text }),
  Handler: z.literal("index.handler"),
  Runtime: z.literal("nodejs24.x"),
  Environment: z.strictObject({ Variables: z.record(text, text) }),
  Timeout: whole,
  MemorySize: whole,
  Architectures: deployOnly,
  LoggingConfig: deployOnly,
  Role: text,
  TracingConfig: deployOnly,
  Tags: deployOnly,
});
const deploymentHelper = z
  .looseObject({ Runtime: z.string().startsWith("python") })
  .transform(() => ({ helper: true as const }));

const words = z.union([text, z.array(text)]);
/** What a role may do: the door asks it for every call. */
const policy = z.strictObject({
  PolicyName: deployOnly,
  Roles: z.array(text).default([]),
  PolicyDocument: z.strictObject({
    Version: deployOnly,
    Statement: z.array(
      z.strictObject({ Effect: z.enum(["Allow", "Deny"]), Action: words, Resource: words, Sid: deployOnly }),
    ),
  }),
});

const mapping = z.strictObject({
  EventSourceArn: text,
  FunctionName: text,
  BatchSize: whole,
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).optional(),
  MaximumBatchingWindowInSeconds: whole.optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: whole }).optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: text })) }).optional(),
  MaximumRetryAttempts: whole.optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  StartingPosition: z.literal("TRIM_HORIZON").optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: text }) }).optional(),
  Tags: deployOnly,
});

const rule = z.strictObject({
  ScheduleExpression: text,
  State: z.literal("ENABLED"),
  Targets: z.array(
    arn.extend({ Id: deployOnly, DeadLetterConfig: deployOnly, RetryPolicy: deployOnly }).strict(),
  ),
  Tags: deployOnly,
});

const s3Action = z.strictObject({ BucketName: text, ObjectKeyPrefix: text, TopicArn: text });
const receiptRule = z.strictObject({
  RuleSetName: deployOnly,
  Rule: z.strictObject({
    Enabled: z.literal(true),
    Recipients: z.array(text),
    Actions: z.tuple([z.strictObject({ S3Action: s3Action })]),
    /** On one machine the verdicts are the sender's to set. */
    ScanEnabled: deployOnly,
    TlsPolicy: deployOnly,
  }),
});

const configurationSet = z.strictObject({
  Name: text.optional(),
  DeliveryOptions: deployOnly,
  ReputationOptions: deployOnly,
  SendingOptions: deployOnly,
  SuppressionOptions: deployOnly,
});
const eventDestination = z.strictObject({
  ConfigurationSetName: text,
  EventDestination: z.strictObject({
    Enabled: z.literal(true),
    MatchingEventTypes: z.array(text),
    SnsDestination: z.strictObject({ TopicARN: text }),
    Name: deployOnly,
  }),
});

const route = z.strictObject({
  ApiId: deployOnly,
  RouteKey: text,
  Target: text,
  AuthorizationType: z.enum(["JWT", "NONE"]),
  AuthorizationScopes: z.array(text).optional(),
  AuthorizerId: text.optional(),
});
const integration = z.strictObject({
  ApiId: deployOnly,
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: text,
  PayloadFormatVersion: z.literal("2.0"),
});
const authorizer = z.strictObject({
  ApiId: deployOnly,
  AuthorizerType: z.literal("JWT"),
  IdentitySource: z.tuple([z.literal("$request.header.Authorization")]),
  JwtConfiguration: z.strictObject({ Audience: z.array(text), Issuer: text }),
  Name: deployOnly,
});

const userPoolClient = z.strictObject({
  AllowedOAuthFlows: z.tuple([z.literal("code")]),
  AllowedOAuthScopes: z.array(text),
  GenerateSecret: z.literal(false),
  AccessTokenValidity: deployOnly,
  AllowedOAuthFlowsUserPoolClient: deployOnly,
  /** The deployed console's addresses; here it is the front port's. */
  CallbackURLs: deployOnly,
  LogoutURLs: deployOnly,
  EnableTokenRevocation: deployOnly,
  ExplicitAuthFlows: deployOnly,
  IdTokenValidity: deployOnly,
  PreventUserExistenceErrors: deployOnly,
  RefreshTokenValidity: deployOnly,
  SupportedIdentityProviders: deployOnly,
  TokenValidityUnits: deployOnly,
  UserPoolId: deployOnly,
});

const bucketDeployment = z.strictObject({
  SourceObjectKeys: z.array(text),
  /** What stands in the files for a value that only the deployment knows. */
  SourceMarkers: z.array(z.record(text, text)).optional(),
  SourceMarkersConfig: deployOnly,
  SourceBucketNames: deployOnly,
  DestinationBucketName: deployOnly,
  ServiceToken: deployOnly,
  Prune: deployOnly,
  OutputObjectKeys: deployOnly,
  WaitForDistributionInvalidation: deployOnly,
});

const corsRule = z.strictObject({
  AllowedMethods: z.array(text),
  AllowedOrigins: z.array(text),
  AllowedHeaders: z.array(text).optional(),
  MaxAge: whole.optional(),
});

/** A bucket is played as a place for objects, and the door tells browsers what its CORS rules let them do. */
const bucket = z.strictObject({
  CorsConfiguration: z.strictObject({ CorsRules: z.array(corsRule) }).optional(),
  BucketEncryption: deployOnly,
  LifecycleConfiguration: deployOnly,
  LoggingConfiguration: deployOnly,
  ObjectLockConfiguration: deployOnly,
  ObjectLockEnabled: deployOnly,
  OwnershipControls: deployOnly,
  PublicAccessBlockConfiguration: deployOnly,
  Tags: deployOnly,
  VersioningConfiguration: deployOnly,
});

/** Every object put into the bucket is scanned and tagged. */
const malwareProtection = z.strictObject({
  ProtectedResource: z.strictObject({ S3Bucket: z.strictObject({ BucketName: text }) }),
  Actions: z.strictObject({ Tagging: z.strictObject({ Status: z.literal("ENABLED") }) }),
  Role: deployOnly,
  Tags: deployOnly,
});

export const played = {
  "AWS::SQS::Queue": queue,
  "AWS::SNS::Topic": z.strictObject({ KmsMasterKeyId: deployOnly, Tags: deployOnly }),
  "AWS::SNS::Subscription": subscription,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::Lambda::Function": z.union([nodeFunction, deploymentHelper]),
  "AWS::IAM::Policy": policy,
  "AWS::Lambda::EventSourceMapping": mapping,
  "AWS::Events::Rule": rule,
  "AWS::SES::ReceiptRule": receiptRule,
  "AWS::SES::ConfigurationSet": configurationSet,
  "AWS::SES::ConfigurationSetEventDestination": eventDestination,
  "AWS::ApiGatewayV2::Route": route,
  "AWS::ApiGatewayV2::Integration": integration,
  "AWS::ApiGatewayV2::Authorizer": authorizer,
  "AWS::Cognito::UserPoolClient": userPoolClient,
  "Custom::CDKBucketDeployment": bucketDeployment,
  "AWS::S3::Bucket": bucket,
  "AWS::GuardDuty::MalwareProtectionPlan": malwareProtection,
} as const;
export type PlayedType = keyof typeof played;
export type Properties<T extends PlayedType> = z.infer<(typeof played)[T]>;

/** Types that mean nothing on one machine. */
export const deployOnlyTypes: ReadonlySet<string> = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudWatch::Alarm",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolDomain",
  "AWS::Cognito::UserPoolResourceServer",
  "AWS::IAM::Role",
  "AWS::KMS::Key",
  "AWS::Lambda::LayerVersion",
  "AWS::Lambda::Permission",
  "AWS::Logs::LogGroup",
  "AWS::Logs::MetricFilter",
  "AWS::S3::BucketPolicy",
  "AWS::SES::ReceiptRuleSet",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
]);
