import type { System } from "../local/system.ts";
import { ask, change } from "../provbank/api-client.ts";
import { type Letter, postman } from "../provbank/bench-system.ts";
import { type Metered, openMeter, together } from "./meter.ts";

/** Which functions do which part of a contact. */
const parts = {
  "mail and case": ["email/receive-mail", "email/relay", "cases/register-mail"],
  acknowledgement: ["cases/relay", "email/send-mail"],
  "its delivery noted": ["email/reconcile", "cases/record-mail-status"],
  counting: ["stats/project"],
};
type Part = keyof typeof parts;

export type Contact = Readonly<Record<Part, Metered>> & { whole: Metered };

const sentence = "Hej! Vår gata plogades inte i går och bussen kom inte fram. När blir det gjort? ";
/** A letter of a usual length. */
export function letter(n: number, more: Partial<Letter> = {}): Letter {
  return {
    from: `person${String(n).padStart(4, "0")}@example.org`,
    subject: `Snöröjning på gatan, fråga ${String(n).padStart(4, "0")}`,
    text: `${sentence.repeat(4)}\n`.repeat(10),
    messageId: `fraga-${String(n).padStart(4, "0")}@example.org`,
    ...more,
  };
}

/**
 * Whole contacts, one after the other so that nothing is done together with another's: a mail becomes a case, is
 * acknowledged, its delivery is noted, and it is counted. The counts are of all of them, divided.
 */
export async function meterContacts(system: System, contacts: number): Promise<Contact> {
  return await meteredPosts(system, contacts, letter);
}

/** The same people write again, in the same threads. */
export async function meterReplies(system: System, contacts: number): Promise<Contact> {
  return await meteredPosts(system, contacts, (n) => {
    const { from, subject, messageId = "" } = letter(n);
    return letter(contacts + n, { from, subject: `Sv: ${subject}`, references: messageId });
  });
}

async function meteredPosts(
  system: System,
  contacts: number,
  written: (n: number) => Letter,
): Promise<Contact> {
  const post = postman(system, 1);
  const meter = await openMeter(system);
  for (let n = 1; n <= contacts; n += 1) {
    await post.post(written(n));
    await system.quiet();
  }
  const contact = contactOf(await meter.read(), contacts);
  meter.stop();
  post.close();
  return contact;
}

/** An agent answers a case and closes it, in one. */
export async function meterAnswer(system: System): Promise<Contact> {
  const agent = { sub: "amina" };
  const { cases } = (await ask(system, "/cases/worklists/unassigned", agent)).body;
  const { caseId } = cases[0];
  const { version } = (await ask(system, `/cases/${caseId}`, agent)).body.case;
  const meter = await openMeter(system);
  await change(system, `/cases/${caseId}/answer`, agent, { version, text: sentence, close: true });
  await system.quiet();
  const contact = contactOf(await meter.read(), 1);
  meter.stop();
  return contact;
}

function contactOf(byCaller: ReadonlyMap<string, Metered>, contacts: number): Contact {
  const of = (callers?: readonly string[]) => divided(together(byCaller, callers), contacts);
  return {
    "mail and case": of(parts["mail and case"]),
    acknowledgement: of(parts.acknowledgement),
    "its delivery noted": of(parts["its delivery noted"]),
    counting: of(parts.counting),
    whole: of(),
  };
}

function divided(metered: Metered, by: number): Metered {
  const { calls, ...numbers } = metered;
  const per = <T extends Record<string, number>>(all: T) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value / by])) as T;
  return { ...per(numbers), calls: per(calls) };
}
