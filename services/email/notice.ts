import * as z from "zod/mini";
import type { Verdicts } from "./mail/trust.ts";

/** A status that we do not know says nothing: it must not keep the mail from becoming a case. */
const verdict = z.object({
  status: z.catch(z.enum(["PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED"]), "PROCESSING_FAILED"),
});

/**
 * SES's notice on a mail that its rule put in the inbox
 * (https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html). Only what we use.
 */
const receivedSchema = z.object({
  notificationType: z.literal("Received"),
  mail: z.object({ messageId: z.string(), source: z.string() }),
  receipt: z.object({
    timestamp: z.iso.datetime(),
    recipients: z.array(z.string()),
    spamVerdict: verdict,
    virusVerdict: verdict,
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
    action: z.object({ type: z.literal("S3"), objectKey: z.string() }),
  }),
});

/** The sweeper's own notice on a mail that lay in the inbox too long: SES's never came, so its verdicts are lost. */
const sweptSchema = z.object({
  notificationType: z.literal("Swept"),
  objectKey: z.string(),
  lastModified: z.iso.datetime(),
});
export type Swept = z.infer<typeof sweptSchema>;

export const noticeSchema = z.union([receivedSchema, sweptSchema]);
export type Notice = z.infer<typeof noticeSchema>;

/** What both notices say of a delivery. */
export type Receipt = {
  inboxKey: string;
  /** When our server had the mail. Of a swept mail: when the object was written, which is when SES had it. */
  receivedAt: Date;
  envelopeFrom: string;
  /** Unknown for a swept mail: the mail's own To and Cc have to do. */
  recipients: readonly string[] | undefined;
  verdicts: Verdicts | undefined;
};

export function receiptOf(notice: Notice): Receipt {
  if (notice.notificationType === "Swept") {
    return {
      inboxKey: notice.objectKey,
      receivedAt: new Date(notice.lastModified),
      envelopeFrom: "",
      recipients: undefined,
      verdicts: undefined,
    };
  }
  const { receipt } = notice;
  return {
    inboxKey: receipt.action.objectKey,
    receivedAt: new Date(receipt.timestamp),
    envelopeFrom: notice.mail.source,
    recipients: receipt.recipients,
    verdicts: {
      spam: receipt.spamVerdict.status,
      virus: receipt.virusVerdict.status,
      spf: receipt.spfVerdict.status,
      dkim: receipt.dkimVerdict.status,
      dmarc: receipt.dmarcVerdict.status,
    },
  };
}
