import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { CorsRule } from "./browser-rules.ts";
import type { AskStreams } from "./emulators/dynamodb.ts";
import { s3Key } from "./emulators/s3.ts";
import type { AskSqs } from "./emulators/sqs.ts";
import type { ApiRoute } from "./fronts/http.ts";
import type { EventDestination } from "./fronts/ses.ts";
import type { ReceiptRule } from "./fronts/smtp.ts";
import { type Host, hostFunction } from "./host.ts";
import { streamArnOf } from "./provision.ts";
import { parsePattern } from "./sources/filter.ts";
import { pollQueue, type Source } from "./sources/queue.ts";
import { rateMs, runOnSchedule } from "./sources/schedule.ts";
import { type Checkpoints, readStream, type StreamSource } from "./sources/stream.ts";
import { type Assembly, nameOfArn, physicalNameOf } from "./template.ts";

/** Functions by their name in the app (`email/receive-mail`) and by what the templates call them. */
export type Hosts = { byName: ReadonlyMap<string, Host>; byReference(arnOrName: string): Host };

type HostingOptions = {
  as: "threads" | "processes";
  maxInstances: number;
  logFolder: string;
  doorUrl: string;
  region: string;
};

/** A host for each function of ours in the templates, with the bundle that would be deployed. */
export function hostFunctions(assembly: Assembly, options: HostingOptions): Hosts {
  const offsetAtStart = process.env["CLOCK_OFFSET_MS"] ?? "0";
  const byName = new Map<string, Host>();
  const byPhysicalName = new Map<string, Host>();
  for (const resource of assembly.all("AWS::Lambda::Function")) {
    const { properties } = resource;
    if ("helper" in properties) continue;
    const environment = properties.Environment.Variables;
    const bundle = join(assembly.assetFolder(properties.Code.S3Key), "index.mjs");
    if (!existsSync(bundle)) throw new Error(`${resource.id}: ${bundle} is missing: run npm run synth`);
    const name = environment["FUNCTION_NAME"] ?? resource.id;
    const host = hostFunction(
      { name, bundle, environment, timeoutSeconds: properties.Timeout, memoryMb: properties.MemorySize },
      {
        ...options,
        aws: () => ({
          AWS_REGION: options.region,
          AWS_ENDPOINT_URL: options.doorUrl,
          AWS_SECRET_ACCESS_KEY: s3Key,
          CLOCK_OFFSET_MS: process.env["CLOCK_OFFSET_MS"] ?? offsetAtStart,
        }),
      },
    );
    byName.set(name, host);
    byPhysicalName.set(physicalNameOf(resource), host);
  }
  return {
    byName,
    byReference(arnOrName) {
      const host = byPhysicalName.get(nameOfArn(arnOrName));
      if (host === undefined)
        throw new Error(`the templates call a function ${arnOrName}, which they do not have`);
      return host;
    },
  };
}

type Sources = {
  clients: { s3: S3Client; dynamodb: DynamoDBClient };
  hosts: Hosts;
  askSqs: AskSqs;
  askStreams: AskStreams;
  /** The queues' addresses at the emulator: the poller is AWS itself and does not go through the door. */
  queueUrl: (queueName: string) => string;
  maxInstances: number;
  /** Queues gather no batches: whoever waits for the end of everything need not wait for more. */
  hurry: boolean;
  /** Whether records of a stream that were just handled come once more. */
  comesAgain: () => boolean;
  say: (line: string) => void;
};

export type PlayedQueue = { url: string; name: string; start(): Source };

/** Every mapping from a queue to a function. */
export function queueSources(
  assembly: Assembly,
  { askSqs, hosts, queueUrl, maxInstances, hurry, say }: Sources,
): PlayedQueue[] {
  const mappings = assembly.all("AWS::Lambda::EventSourceMapping");
  const delays = new Map(
    assembly
      .all("AWS::SQS::Queue")
      .map((queue) => [physicalNameOf(queue), queue.properties.DelaySeconds ?? 0]),
  );
  return mappings
    .filter(({ properties }) => properties.EventSourceArn.startsWith("arn:aws:sqs:"))
    .map(({ properties }) => {
      const name = nameOfArn(properties.EventSourceArn);
      const mapping = {
        queueUrl: queueUrl(name),
        queueArn: properties.EventSourceArn,
        batchSize: properties.BatchSize,
        concurrency: Math.min(properties.ScalingConfig?.MaximumConcurrency ?? maxInstances, maxInstances),
        reportsItemFailures: properties.FunctionResponseTypes !== undefined,
        gatherMs: hurry ? 0 : 1000 * (properties.MaximumBatchingWindowInSeconds ?? 0),
        delayMs: 1000 * (delays.get(name) ?? 0),
      };
      const host = hosts.byReference(properties.FunctionName);
      return { name, url: mapping.queueUrl, start: () => pollQueue(askSqs, mapping, host, say) };
    });
}

/** Every mapping from a table's stream to a function. */
export function streamSources(
  assembly: Assembly,
  { hurry, askStreams, clients, hosts, comesAgain, say }: Sources,
  checkpoints: Checkpoints,
): Promise<StreamSource[]> {
  const mappings = assembly
    .all("AWS::Lambda::EventSourceMapping")
    .filter(({ properties }) => properties.EventSourceArn.startsWith("arn:aws:dynamodb:"));
  return Promise.all(
    mappings.map(async ({ id, properties }) => {
      const bucket = nameOfArn(properties.DestinationConfig?.OnFailure.Destination ?? "");
      const mapping = {
        streamArn: await streamArnOf(clients.dynamodb, properties.EventSourceArn),
        table: nameOfArn(properties.EventSourceArn),
        patterns: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => parsePattern(Pattern)),
        batchSize: properties.BatchSize,
        retries: properties.MaximumRetryAttempts ?? 0,
        bisects: properties.BisectBatchOnFunctionError ?? false,
        gatherMs: hurry ? 0 : 1000 * (properties.MaximumBatchingWindowInSeconds ?? 0),
        comesAgain,
        async onFailure(records: readonly unknown[]) {
          say(`${id}: ${records.length} records given up, kept in ${bucket}`);
          const Key = `aws/lambda/${id}/${new Date().toISOString()}.json`;
          await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(records) }));
        },
      };
      return readStream(askStreams, mapping, hosts.byReference(properties.FunctionName), checkpoints, say);
    }),
  );
}

export function scheduleSources(assembly: Assembly, { hosts, say }: Sources): Source[] {
  return assembly
    .all("AWS::Events::Rule")
    .flatMap(({ properties }) =>
      properties.Targets.map((target) =>
        runOnSchedule(rateMs(properties.ScheduleExpression), hosts.byReference(target.Arn), say),
      ),
    );
}

/** Checkpoints in a file, or only in memory. */
export function checkpointsIn(file: string | undefined): Checkpoints {
  const kept = new Map<string, string>(
    file !== undefined && existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8"))) : [],
  );
  return {
    get: (shard) => kept.get(shard),
    set(shard, sequenceNumber) {
      kept.set(shard, sequenceNumber);
      if (file !== undefined) writeFileSync(file, JSON.stringify(Object.fromEntries(kept)));
    },
  };
}

export function apiRoutes(assembly: Assembly, hosts: Hosts): readonly ApiRoute[] {
  const integrations = new Map(
    assembly.all("AWS::ApiGatewayV2::Integration").map((one) => [`integrations/${physicalNameOf(one)}`, one]),
  );
  return assembly.all("AWS::ApiGatewayV2::Route").map(({ id, properties }) => {
    const integration = integrations.get(properties.Target);
    if (integration === undefined) throw new Error(`${id}: no integration ${properties.Target}`);
    return {
      key: properties.RouteKey,
      host: hosts.byReference(integration.properties.IntegrationUri),
      scopes: properties.AuthorizationType === "JWT" ? (properties.AuthorizationScopes ?? []) : undefined,
    };
  });
}

export function receiptRule(assembly: Assembly): ReceiptRule {
  const [rule] = assembly.all("AWS::SES::ReceiptRule");
  if (rule === undefined) throw new Error("the templates have no receipt rule: no mail could come in");
  const { Recipients, Actions } = rule.properties.Rule;
  const { BucketName, ObjectKeyPrefix, TopicArn } = Actions[0].S3Action;
  return { domains: Recipients, bucket: BucketName, prefix: ObjectKeyPrefix, topicArn: TopicArn };
}

/** What SES is to tell of the mails that it takes. */
export function eventDestinations(assembly: Assembly): readonly EventDestination[] {
  return assembly.all("AWS::SES::ConfigurationSetEventDestination").map(({ properties }) => ({
    configurationSet: properties.ConfigurationSetName,
    types: properties.EventDestination.MatchingEventTypes.map((type) => type.toLowerCase()),
    topicArn: properties.EventDestination.SnsDestination.TopicARN,
  }));
}

/** The console's sign-in: its client, and the scope that proves a token to be for the API. */
export function consoleClient(assembly: Assembly): { clientId: string; scope: string } {
  const [client] = assembly.all("AWS::Cognito::UserPoolClient");
  if (client === undefined) throw new Error("the templates have no client for the console to sign in with");
  const scopes = client.properties.AllowedOAuthScopes.filter((scope) => scope !== "openid");
  return { clientId: physicalNameOf(client), scope: scopes.join(" ") };
}

export type ConsoleFiles = { folders: readonly string[]; generated: ReadonlyMap<string, string> };

/** Where AWS is for a browser, as the console's own policy has it. */
const awsInPolicy = "https://*.amazonaws.com";

/**
 * The files of every bucket deployment; those with markers are filled in. What is AWS for a browser is the door here: the
 * page that lets itself ask the one is given the other.
 */
export function consoleFiles(assembly: Assembly, doorUrl: string): ConsoleFiles {
  const folders: string[] = [];
  const generated = new Map<string, string>();
  for (const { properties } of assembly.all("Custom::CDKBucketDeployment")) {
    for (const [place, key] of properties.SourceObjectKeys.entries()) {
      const folder = assembly.assetFolder(key);
      const markers = Object.entries(properties.SourceMarkers?.[place] ?? {});
      folders.push(folder);
      const page = join(folder, "index.html");
      if (existsSync(page)) generated.set("index.html", filled(page, [[awsInPolicy, doorUrl]]));
      if (markers.length > 0) generated.set("settings.json", filled(join(folder, "settings.json"), markers));
    }
  }
  return { folders, generated };
}

function filled(file: string, markers: readonly [string, string][]): string {
  return markers.reduce(
    (text, [marker, value]) => text.replaceAll(marker, value),
    readFileSync(file, "utf8"),
  );
}

/** What the templates let pages of other origins do with each bucket. The console's own origin is another here. */
export function corsRules(
  assembly: Assembly,
  { deployed, here }: { deployed: string; here: string },
): (bucket: string) => readonly CorsRule[] {
  const rules = new Map(
    assembly.all("AWS::S3::Bucket").map((bucket) => [
      physicalNameOf(bucket),
      (bucket.properties.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
        ...rule,
        AllowedOrigins: rule.AllowedOrigins.map((origin) => (origin === deployed ? here : origin)),
      })),
    ]),
  );
  return (bucket) => rules.get(bucket) ?? [];
}
