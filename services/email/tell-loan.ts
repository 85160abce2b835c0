import type * as z from "zod/mini";
import { loanLetterSchema, type loanOverdue } from "#services/booking/events.ts";
import { municipality } from "#shared/config.ts";
import { readLetter } from "#shared/letter.ts";
import { log } from "#shared/logging.ts";
import { sendMailEnv } from "./env.ts";
import { comesBack } from "./outgoing/booking-mail.ts";
import { deliver } from "./outgoing/deliver.ts";
import { overdueContent } from "./outgoing/loan-mail.ts";
import { loanMailId } from "./outgoing/outbox.ts";
import { bothForms, textsIn } from "./outgoing/texts.ts";

/** Tells a borrower that what they have borrowed should have come back; for each time that it was due once. */
export async function tellLoan(event: z.infer<typeof loanOverdue.schema>, now: Date): Promise<void> {
  const { loanId, loanVersion, letter: ref } = event.data;
  if (ref === undefined) return;
  const env = sendMailEnv();
  const letter = await readLetter(env.LETTERS_BUCKET, ref, loanLetterSchema);
  const { organisation, serviceCentre, mail, units } = municipality();
  const mailboxes = [mail.official, mail.internal, ...units.map(({ mailbox }) => mailbox)];
  // Colleagues borrow too.
  if (comesBack(letter.to, "internal", { ...mail, mailboxes })) return;
  const { language, texts } = textsIn(letter.language);
  const content = overdueContent(language, texts.loan.overdue, letter, {
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
  });
  const claim = {
    outboxId: loanMailId(loanId, loanVersion),
    kind: "booking",
    bookingId: event.data.bookingId,
    to: letter.to,
    due: event,
  } as const;
  const outcome = await deliver(
    env,
    claim,
    { ...bothForms(content), replyTo: undefined, inReplyTo: undefined, automatic: true },
    now,
  );
  log("BORROWER_TOLD", { loanId, outcome });
}
