import { loadMunicipality } from "#config/load.ts";
import type { MailLetter } from "#services/email/events.ts";
import { mailIdentity } from "#services/email/mail/identity.ts";
import { parseMail } from "#services/email/mail/parse.ts";

const { caseNumber, urgent } = loadMunicipality("demo");

/** What receive-mail reads in a mail's raw bytes, in this process. */
export async function letterIn(
  raw: Uint8Array,
  recipients: readonly string[] = ["kommunen@example.se"],
): Promise<MailLetter> {
  const reading = { recipients, casePrefix: caseNumber.prefix, urgent: urgent.rules };
  return (await parseMail(mailIdentity(raw), raw, reading)).letter;
}
