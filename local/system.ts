import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { ChangeMessageVisibilityCommand, MessageNotInflight, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { loadMunicipality } from "#config/load.ts";
import { staffRow } from "#shared/staff.ts";
import { demoStaff } from "./demo-staff.ts";
import { type Door, openDoor } from "./door.ts";
import { startDynamoDb } from "./emulators/dynamodb.ts";
import { type Oidc, oidcPath, openOidc } from "./emulators/oidc.ts";
import { s3Key, startS3 } from "./emulators/s3.ts";
import { startSqs } from "./emulators/sqs.ts";
import { type ApiRoute, listenHttp } from "./fronts/http.ts";
import { listenKms } from "./fronts/kms.ts";
import { type EventDestination, listenSes, type SentMail, type SesFront } from "./fronts/ses.ts";
import { listenSmtp, type SmtpFront } from "./fronts/smtp.ts";
import type { Host } from "./host.ts";
import { provision } from "./provision.ts";
import { type Rights, rightsOf } from "./rights.ts";
import { type Assembly, account, readAssembly } from "./template.ts";
import {
  apiRoutes,
  type ConsoleFiles,
  checkpointsIn,
  consoleClient,
  consoleFiles,
  corsRules,
  eventDestinations,
  hostFunctions,
  queueSources,
  receiptRule,
  scheduleSources,
  streamSources,
} from "./wiring.ts";

export type SystemOptions = {
  /** The synthesized app: `cdk.out`. */
  assembly: string;
  /** The name of the config file that the app was built for. */
  kommun: string;
  /** The folder that keeps everything over a stop; without, all is in memory and in a throw-away folder. */
  state?: string;
  /** 0 for any free port. */
  httpPort: number;
  smtpPort: number;
  functionsAs: "threads" | "processes";
  /** Instances of one function at the same time. */
  maxInstances: number;
  /** Batches are handed over as they are, without the time that the templates give them to grow. */
  hurry?: boolean;
  /** Many thousands of calls: DynamoDB Local compiles itself with care, which takes seconds of a processor first. */
  runsLong?: boolean;
  /** Asked each time that records of a stream were handled: whether they come once more. */
  recordsComeAgain?: () => boolean;
  say: (line: string) => void;
};

/** The whole system, running. */
export type System = {
  origin: string;
  smtpPort: number;
  door: Door;
  rights: Rights;
  assembly: Assembly;
  smtp: SmtpFront;
  oidc: Oidc;
  ses: SesFront;
  /** Every mail that went out, oldest first. */
  sent(): readonly SentMail[];
  /** Clients that go past the door, for tools that look from outside. */
  clients: { dynamodb: DynamoDBDocumentClient; s3: S3Client; sns: SNSClient; sqs: SQSClient };
  /** Sees every message that AWS itself tells a topic: of mails that came in, and of what became of those that went out. */
  watchPublished(watcher: ((message: string) => void) | undefined): void;
  /** Where everything is kept: `s3/` with the objects of all buckets, `logs/` with a file per function. */
  folder: string;
  hostOf(functionName: string): Host;
  /** Messages that a function has yet to handle. */
  backlog(): number;
  /** Resolves when nothing is left to do: queues empty, streams read to the end, no function at work. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

const region = "eu-north-1";
const operator = { accessKeyId: "operator", secretAccessKey: "local" };
/** Starts everything in order: ports, emulators, door, what the templates ask for, functions, and what calls them. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    return await start(options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function start(options: SystemOptions, undo: (() => Promise<void> | void)[]): Promise<System> {
  const state = options.state ?? mkdtempSync(join(throwawayFolder(), "servicecenter-"));
  if (options.state === undefined) undo.push(() => rmSync(state, { recursive: true, force: true }));
  const keep = (name: string) => (options.state === undefined ? undefined : join(state, name));
  for (const name of ["s3", "logs"]) mkdirSync(join(state, name), { recursive: true });

  const municipality = loadMunicipality(options.kommun);
  let routes: readonly ApiRoute[] = [];
  let oidc: Oidc | undefined;
  let ses: SesFront | undefined;
  let files: ConsoleFiles = { folders: [], generated: new Map() };
  const http = await listenHttp({
    port: options.httpPort,
    routes: () => routes,
    oidc: () => started(oidc),
    folders: () => files.folders,
    generated: () => files.generated,
    sent: () => ses?.sent() ?? [],
    // What begins a link to ourselves in a mail; on this machine it leads to the one port.
    ownAddresses: [municipality.citizenPages.url, municipality.console.url],
  });
  undo.push(() => http.stop());
  const origin = `http://localhost:${http.port}`;

  let scanned: ReadonlySet<string> = new Set();
  const [dynamodb, sqs, s3] = await Promise.all([
    startDynamoDb({ folder: keep("dynamodb"), runsLong: options.runsLong ?? false }).then((emulator) =>
      undoing(undo, emulator),
    ),
    startSqs(region, keep("sqs")).then((emulator) => undoing(undo, emulator)),
    startS3(join(state, "s3"), (bucket) => scanned.has(bucket)).then((emulator) => undoing(undo, emulator)),
  ]);
  let destinations: readonly EventDestination[] = [];
  const { publish } = sqs;
  ses = await listenSes({ folder: join(state, "sent"), destinations: () => destinations, publish, region });
  undo.push(() => started(ses).stop());
  const kms = await listenKms(keep("link-key"));
  undo.push(() => kms.stop());
  const backends = {
    dynamodb: dynamodb.url,
    kms: kms.url,
    s3: s3.url,
    ses: ses.url,
    sns: sqs.url,
    sqs: sqs.url,
  };
  const door = await openDoor(backends, { region, account });
  undo.push(() => door.stop());

  const assembly = readAssembly(options.assembly, {
    region,
    doorUrl: door.url,
    issuer: `${origin}${oidcPath}`,
  });
  const clients = {
    dynamodb: new DynamoDBClient({ region, endpoint: dynamodb.url, credentials: operator }),
    s3: new S3Client({
      region,
      endpoint: s3.url,
      forcePathStyle: true,
      credentials: { accessKeyId: s3Key, secretAccessKey: s3Key },
    }),
    sns: new SNSClient({ region, endpoint: sqs.url, credentials: operator }),
    sqs: new SQSClient({ region, endpoint: sqs.url, credentials: operator, useQueueUrlAsEndpoint: false }),
  };
  // As in the functions: no copies for a log that nobody keeps.
  clients.dynamodb.middlewareStack.remove("loggerMiddleware");
  const rights = rightsOf(assembly);
  door.enforce(rights.allows);
  const deployed = new URL(municipality.console.url).origin;
  door.letBrowsers(corsRules(assembly, { deployed, here: origin }));
  destinations = eventDestinations(assembly);
  scanned = new Set(
    assembly
      .all("AWS::GuardDuty::MalwareProtectionPlan")
      .map(({ properties }) => properties.ProtectedResource.S3Bucket.BucketName),
  );
  await provision(assembly, clients);
  const documents = DynamoDBDocumentClient.from(clients.dynamodb);
  await seedStaff(documents, assembly, municipality.organisation.id);

  const { say, maxInstances } = options;
  const hosts = hostFunctions(assembly, {
    as: options.functionsAs,
    maxInstances,
    logFolder: join(state, "logs"),
    doorUrl: door.url,
    region,
  });
  undo.push(async () => {
    await Promise.all([...hosts.byName.values()].map((host) => host.stop()));
  });
  oidc = await openOidc({ origin, ...consoleClient(assembly), keyFile: keep("oidc-key.json") });
  routes = apiRoutes(assembly, hosts);
  files = consoleFiles(assembly, door.url);

  const queueUrl = (name: string) => `${sqs.url}/${account}/${name}`;
  const { hurry = false, recordsComeAgain: comesAgain = () => false } = options;
  const { askStreams } = dynamodb;
  const from = {
    clients,
    hosts,
    askSqs: sqs.ask,
    askStreams,
    queueUrl,
    maxInstances,
    hurry,
    comesAgain,
    say,
  };
  const queues = queueSources(assembly, from);
  for (const { name, url } of queues) await giveBack(clients.sqs, url, sqs.inFlight(name));
  const streams = await streamSources(assembly, from, checkpointsIn(keep("streams.json")));
  door.onWritten((table) => {
    for (const stream of streams) if (stream.table === table) stream.written();
  });
  const sources = [...queues.map((queue) => queue.start()), ...streams, ...scheduleSources(assembly, from)];
  undo.push(async () => {
    await Promise.all(sources.map((source) => source.stop()));
  });
  const smtp = await listenSmtp({
    port: options.smtpPort,
    rule: receiptRule(assembly),
    s3: clients.s3,
    publish,
    ledgerFile: join(state, "ledger.jsonl"),
  });
  undo.push(() => smtp.stop());

  function backlog(): number {
    const busy = [...hosts.byName.values()].reduce((sum, host) => sum + host.busy(), 0);
    return queues.reduce((sum, { name }) => sum + sqs.messagesIn(name), busy);
  }

  return {
    origin,
    smtpPort: smtp.port,
    door,
    rights,
    assembly,
    smtp,
    oidc,
    ses,
    sent: () => started(ses).sent(),
    clients: { dynamodb: documents, s3: clients.s3, sns: clients.sns, sqs: clients.sqs },
    watchPublished: sqs.watchPublished,
    folder: state,
    hostOf(name) {
      const host = hosts.byName.get(name);
      if (host === undefined) throw new Error(`no function ${name}`);
      return host;
    },
    backlog,
    async quiet() {
      const invocations = () => [...hosts.byName.values()].reduce((sum, host) => sum + host.invocations(), 0);
      for (;;) {
        const before = invocations();
        if (backlog() === 0) {
          await Promise.all(streams.map((stream) => stream.caughtUp()));
          // Whatever ran meanwhile may have written something that a stream has yet to tell.
          if (backlog() === 0 && invocations() === before) return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      for (const step of undo.reverse()) await step();
    },
  };
}

/** In memory where there is room, since every mail is a dozen files. Where TMPDIR says, when it says something. */
function throwawayFolder(): string {
  const inMemory = "/dev/shm";
  const enoughBytes = 8 * 1024 ** 3;
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    const roomy = process.env["TMPDIR"] === undefined && bavail * bsize >= enoughBytes;
    return roomy ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("not started yet");
  return value;
}

function undoing<T extends { stop(): Promise<void> }>(undo: (() => Promise<void> | void)[], emulator: T): T {
  undo.push(() => emulator.stop());
  return emulator;
}

async function seedStaff(
  documents: DynamoDBDocumentClient,
  assembly: Assembly,
  organisation: string,
): Promise<void> {
  for (const { title: _title, ...person } of demoStaff) {
    const Item = staffRow(organisation, person);
    await documents.send(new PutCommand({ TableName: assembly.output("StaffTable"), Item }));
  }
}

/**
 * A runner that was killed had messages in hand. Nobody has them any more, so they need not wait out their visibility.
 * One second, because fauxqs 2.4.1 loses a persisted message whose visibility is set to none.
 */
async function giveBack(sqs: SQSClient, queueUrl: string, receiptHandles: readonly string[]): Promise<void> {
  for (const ReceiptHandle of receiptHandles) {
    try {
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 1 }),
      );
    } catch (error) {
      // Its visibility has just ended by itself.
      if (!(error instanceof MessageNotInflight)) throw error;
    }
  }
}
