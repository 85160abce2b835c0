import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { System } from "../../local/system.ts";
import { type OpenCase, persist, show, unassigned } from "../agents.ts";
import { postman, withSystem } from "../bench-system.ts";
import { type Bench, type Figure, type ProvingCase, shuffled } from "../case.ts";
import { invariants, percentile } from "../invariants.ts";
import { ownSystem } from "../own-system.ts";
import { queueAt, settled } from "../queues.ts";
import { inParallel } from "../registrations.ts";

const away = "avfall";
const others = ["bygglov", "miljo", "gata-park", "kansli", "skolskjuts"];
/** Asked of the unreachable unit in one case, one after another: the order is to be seen. */
const asksEach = 3;
/** What is offered again is now and then taken twice: one in five. */
const twice = 5;

type Size = { warmUp: number; perPhase: number; slackMs: number };

/**
 * The topic cannot reach one unit's queue for a while. The other units' notices come as fast as before; what was held is
 * handed over afterwards, in any order and some of it twice, and each assignment is answered once.
 */
export async function unitUnreachable(bench: Bench, { warmUp, perPhase, slackMs }: Size): Promise<Figure> {
  return await withSystem(
    { functionsAs: "threads", maxInstances: 3, visibilitySeconds: 15 },
    async (system) => {
      const first = await phase(system, "uppvärmning", warmUp);
      const before = await phase(system, "förut", perPhase);
      bench.say("the unit's subscription fails from now on");
      const held = await holdBack(system);
      const during = await phase(system, "avbrott", perPhase);
      const reachedMeanwhile = (await queueAt(system, queueName).drain()).map(parsed);
      const early = reachedMeanwhile.filter(({ data }) => during.away.includes(data.assignmentId)).length;
      const bodies = await held.giveBack();
      const offered = shuffled(bench.random, [...bodies, ...bodies.filter((_, n) => n % twice === 0)]);
      bench.say(`${bodies.length} held messages, ${offered.length} handed over`);
      await queueAt(system, queueName).send(offered);
      const applied = await answerEverything(system, [
        ...reachedMeanwhile,
        ...(await queueAt(system, queueName).drain()).map(parsed),
      ]);
      const putBack = await settled(system);
      const all = [...first.away, ...before.away, ...during.away];
      const files = await Promise.all(
        [...new Set(applied.map(({ caseId }) => caseId))].map((id) => show(system, id)),
      );
      const answered = files.flatMap((file) => file.assignments.filter((one) => one.unit === away));
      const once = answered.filter(({ state }) => state === "answered").length;
      const answers = files.flatMap((file) =>
        file.history.filter(({ type }) => type === "AssignmentAnswered"),
      );
      const inOrder = files.filter((file) => isInOrder(file, applied)).length;
      const delays = {
        before: await delaysOf(system, before.others),
        during: await delaysOf(system, during.others),
      };
      const found = await invariants(system);
      const p99 = { before: percentile(delays.before, 0.99), during: percentile(delays.during, 0.99) };
      const notices = system.sent().filter(({ tags }) => tags["outbox"]?.startsWith("notice-"));
      const delivered = new Set(bodies.map((body) => parsed(body).id)).size;
      const holds =
        early === 0 &&
        bodies.length === during.away.length &&
        delivered === bodies.length &&
        once === all.length &&
        answers.length === all.length &&
        inOrder === files.length &&
        delays.during.length === during.others.length &&
        // Twice as long would be felt; the slack is this machine's.
        p99.during <= 2 * p99.before + slackMs &&
        found.faults.length === 0;
      return {
        holds,
        othersNotices: notices.length,
        delayP50MsBefore: percentile(delays.before, 0.5),
        delayP50MsDuring: percentile(delays.during, 0.5),
        delayP99MsBefore: p99.before,
        delayP99MsDuring: p99.during,
        held: bodies.length,
        handedOver: offered.length,
        putAsideAndBack: putBack,
        answeredOnce: `${once}/${all.length}`,
        casesInOrder: `${inOrder}/${files.length}`,
        doubles: answers.length - once + found.doubled,
        faults: found.faults,
      };
    },
  );
}

const queueName = `servicecenter-demo-unit-${away}`;

type Sent = { id: string; data: { caseId: string; assignmentId: string; caseVersion: number } };
const parsed = (body: string): Sent => JSON.parse(body);

/** Cases come in; each is given to one of the other units, and some to the one that is tried as well. */
async function phase(system: System, name: string, count: number) {
  const post = postman(system, 4);
  const subjects = Array.from({ length: count }, (_, n) => `${name} ${n}`);
  await inParallel(subjects, 4, (subject, n) => post.post({ from: `${n}-${count}@example.org`, subject }));
  post.close();
  await system.quiet();
  const sent = { others: [] as Task[], away: [] as string[] };
  for (let listed = await unassigned(system); listed.length > 0; listed = await unassigned(system)) {
    await inParallel(listed, 3, async ({ caseId }, n) => {
      const unit = others[n % others.length] ?? "bygglov";
      const file = await assign(system, caseId, unit, 1);
      const task = file.assignments.find((one) => one.unit === unit);
      if (task !== undefined) sent.others.push(task);
      if (n % 5 !== 0) return;
      for (let ask = 1; ask <= asksEach; ask += 1) await assign(system, caseId, away, ask);
      const own = (await show(system, caseId)).assignments.filter((one) => one.unit === away);
      sent.away.push(...own.map(({ assignmentId }) => assignmentId));
    });
  }
  await system.quiet();
  return sent;
}

type Task = OpenCase["assignments"][number];

async function assign(system: System, caseId: string, unit: string, nth: number): Promise<OpenCase> {
  const content = { unit, text: `Vad gäller? ${nth}`, dueDate: "2036-12-01", access: "public" };
  return await persist(system, caseId, "assignments", content, (file) => {
    return file.assignments.filter((one) => one.unit === unit).length === nth;
  });
}

/** From the agent's click until the notice went out. */
async function delaysOf(system: System, tasks: readonly Task[]): Promise<number[]> {
  const sentAt = new Map(system.sent().map(({ tags, at }) => [tags["outbox"], Date.parse(at)]));
  return tasks.flatMap(({ assignmentId, sentAt: clicked }) => {
    const sent = sentAt.get(`notice-${assignmentId}`);
    return sent === undefined ? [] : [sent - Date.parse(clicked)];
  });
}

/** Takes away the unit's subscription. A queue of our own keeps what the topic would try again to deliver. */
async function holdBack(system: System) {
  const { sns, sqs } = system.clients;
  const endpoint = (arn: string | undefined) => arn?.endsWith(`:${queueName}`) ?? false;
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  const own = Subscriptions.find(({ Endpoint }) => endpoint(Endpoint));
  if (own === undefined) throw new Error(`${queueName} has no subscription`);
  const { Attributes: known = {} } = await sns.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: own.SubscriptionArn }),
  );
  const Attributes = {
    RawMessageDelivery: known["RawMessageDelivery"] ?? "false",
    FilterPolicy: known["FilterPolicy"] ?? "{}",
  };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "held-back" }));
  const about = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  const subscribe = (Endpoint: string | undefined) =>
    sns.send(
      new SubscribeCommand({
        TopicArn: own.TopicArn,
        Protocol: "sqs",
        Endpoint,
        Attributes,
        ReturnSubscriptionArn: true,
      }),
    );
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: own.SubscriptionArn }));
  const holding = await subscribe(about.Attributes?.["QueueArn"]);
  return {
    /** The queue can be reached again. Returns what was held. */
    async giveBack(): Promise<string[]> {
      await subscribe(own.Endpoint);
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: holding.SubscriptionArn }));
      return await queueAt(system, "held-back").drain();
    },
  };
}

/** The unit's own system takes what it was sent in the order of the case's versions, and answers all of it, repeats too. */
async function answerEverything(system: System, asked: readonly Sent[]) {
  const unit = ownSystem(system, away);
  const order = [...asked].sort((a, b) => a.data.caseVersion - b.data.caseVersion);
  for (const { data } of order) {
    const letter = await unit.seal(data.assignmentId, "Det är gjort.");
    const about = { caseId: data.caseId, taskId: data.assignmentId };
    await unit.say({ reply: "answer", ...about, to: "service-centre", letter });
  }
  return order.map(({ data }) => data);
}

/** What the unit took in the order of the versions that it was sent is what was asked of it, in the order of the case's history. */
function isInOrder({ history, case: { caseId } }: OpenCase, applied: readonly Sent["data"][]): boolean {
  const asked = history.filter(({ type, detail }) => type === "AssignmentSent" && detail.unit === away);
  const taken = new Set(applied.filter((one) => one.caseId === caseId).map((one) => one.caseVersion));
  return asked.map((one) => one.version).join() === [...taken].join();
}

export const r24: ProvingCase = {
  id: "R24",
  title: "one unit's queue cannot be reached",
  run: (bench) => unitUnreachable(bench, { warmUp: 5, perPhase: 150, slackMs: 250 }),
};
