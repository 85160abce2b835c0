import type { System } from "../local/system.ts";
import { ask, change } from "./api-client.ts";
import type { postman } from "./bench-system.ts";

const amina = { sub: "amina" };
const file = "%PDF-1.7 en bilaga";

/** The two cases of a walk. */
export type MailWalk = { urgent: string; transferred: string };

/**
 * A mail with a file that cannot wait; and a matter that goes to an authority, after which its citizen writes once more. All
 * that these two come to happens while one function is killed.
 */
export async function mailWalk(
  post: ReturnType<typeof postman>,
  system: System,
  name: string,
): Promise<MailWalk> {
  const address = `${name.replaceAll(/[^a-z0-9]/g, "-")}@example.org`;
  const known = new Set((await unassigned(system)).map(({ caseId }) => caseId));
  const messageId = `${address}-1`;
  await post.post({ from: address, subject: name, messageId });
  await post.post({ from: address, subject: `${name} nu`, text: "Jag orkar inte leva längre.", file });
  await system.quiet();
  const opened = (await unassigned(system)).filter(({ caseId }) => !known.has(caseId));
  const transferred = opened.find(({ subject }) => subject === name)?.caseId;
  const urgent = opened.find(({ access }) => access === "secret")?.caseId;
  if (transferred === undefined || urgent === undefined) throw new Error(`${name}: no cases`);
  const { case: current } = (await ask(system, `/cases/${transferred}`, amina)).body;
  await change(system, `/cases/${transferred}/transfer`, amina, {
    version: current.version,
    unit: "bygglov",
    authority: "bygg-och-miljonamnden",
    text: "Er sak.",
    access: "public",
  });
  await system.quiet();
  await post.post({ from: address, subject: `SV: ${name}`, text: "Här är mer.", references: messageId });
  return { urgent, transferred };
}

type Listed = { caseId: string; subject: string | null; access: string };

async function unassigned(system: System): Promise<Listed[]> {
  return (await ask(system, "/cases/worklists/unassigned", amina)).body.cases;
}

/** What should have happened once, and did not; and what was sent twice. */
export async function faultsOfMailWalk(system: System, walk: MailWalk): Promise<string[]> {
  const [urgent, transferred] = await Promise.all(
    [walk.urgent, walk.transferred].map(
      async (caseId) => (await ask(system, `/cases/${caseId}`, amina)).body,
    ),
  );
  const times = (of: { history: { type: string }[] }, type: string) =>
    of.history.filter((one) => one.type === type).length;
  const sent = (kind: string) =>
    [...urgent.outgoing, ...transferred.outgoing].filter((one: { kind: string }) => one.kind === kind).length;
  const [message] = urgent.messages;
  const path = `/cases/${walk.urgent}/messages/${message.messageId}/files/${message.attachments[0]?.sha256}`;
  const { body } = await change(system, path, amina, { anyway: false });
  const content = body.url === undefined ? "" : await (await fetch(body.url)).text();
  return [
    ...(times(urgent, "UrgencyRaised") === 1 ? [] : ["urgency not told once"]),
    ...(times(transferred, "MessagePassedOn") === 1 ? [] : ["a message not passed on once"]),
    ...(transferred.case.status === "transferring" ? [] : ["the matter came back"]),
    // Of a mail whose sender died between the claim and SES nothing is known yet; more than one is a fault.
    ...(sent("on-call-alarm") <= 1 ? [] : [`${sent("on-call-alarm")} alarms`]),
    ...(sent("passed-on") <= 1 ? [] : [`told ${sent("passed-on")} times`]),
    ...(sent("unit-notice") <= 2 ? [] : [`${sent("unit-notice")} notices to the unit`]),
    ...(content === file ? [] : ["the file is not what came"]),
  ].map((fault) => `${walk.urgent}, ${walk.transferred}: ${fault}`);
}
