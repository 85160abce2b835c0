import { createHash } from "node:crypto";
import PostalMime from "postal-mime";
import type { System } from "../local/system.ts";
import { ask, change } from "./api-client.ts";
import { rowsOf } from "./invariants.ts";

const amina = { sub: "amina" };

/** Answers the citizen with a file, as the console does it: asks where it goes, puts it there, and names it in the answer. */
export async function answerWithFile(
  system: System,
  caseId: string,
  { name, content, text }: { name: string; content: Buffer<ArrayBuffer>; text: string },
): Promise<void> {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const named = { name, contentType: "application/pdf", sha256 };
  const about = { name, bytes: content.length, sha256 };
  const { upload } = (await change(system, `/cases/${caseId}/files`, amina, about)).body;
  const put = await fetch(upload.url, { method: "PUT", headers: upload.headers, body: content });
  const { version } = (await ask(system, `/cases/${caseId}`, amina)).body.case;
  const body = { version, text, close: false, files: [named] };
  const answered = await change(system, `/cases/${caseId}/answer`, amina, body);
  if (put.status !== 200 || answered.status !== 200)
    throw new Error(`${caseId}: put ${put.status}, answered ${answered.status}`);
}

/**
 * What became of the answers with a file, one a case: each is sent once at most, with its file, and one that was not sent
 * stands in the outbox as claimed, since nobody knows whether SES had it.
 */
export async function faultsOfSentFiles(system: System, caseIds: readonly string[]): Promise<string[]> {
  const outbox = (await rowsOf(system, "EmailTable")).filter((row) => row["rowType"] === "outbox");
  const faults: string[] = [];
  for (const caseId of caseIds) {
    const { messages } = (await ask(system, `/cases/${caseId}`, amina)).body;
    const [message] = messages.filter((one: Shown) => one.direction === "out" && one.attachments.length > 0);
    const outboxId = `answer-${message?.messageId}`;
    const mails = system.sent().filter(({ tags }) => tags["outbox"] === outboxId);
    if (mails.length > 1) faults.push(`${caseId}: an answer with a file went twice`);
    const standing = outbox.find((row) => row["outboxId"] === outboxId)?.["status"];
    if (mails.length === 0 && standing !== "claimed")
      faults.push(`${caseId}: an answer with a file is lost, in the outbox ${standing ?? "there is none"}`);
    for (const { raw } of mails) {
      const { attachments } = await PostalMime.parse(raw);
      const [name] = attachments.map(({ filename }) => filename);
      if (attachments.length !== 1 || name !== message.attachments[0].name)
        faults.push(`${caseId}: an answer went without its file`);
    }
  }
  return faults;
}

type Shown = { direction: string; attachments: readonly unknown[] };
