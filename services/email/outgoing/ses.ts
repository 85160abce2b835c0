import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";

// One try per call: a second one after a lost answer would be a second mail. And a connection for each: on one that SES has closed since
// the last mail, this one would be lost without anybody knowing whether it went.
const ses = new SESClient({
  maxAttempts: 1,
  requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
});

/**
 * What came of handing a mail to SES. `busy`: surely not taken, a second later it may be. `stopped`: nor in the next
 * minutes, since the day's quota is used up or the account is paused. `refused`: it never will be. `unknown`: the answer was
 * lost, so it may have been taken.
 */
export type Handed =
  | { outcome: "sent"; sesMessageId: string }
  | { outcome: "busy" | "stopped" | "refused" | "unknown" };

/** SES takes care of one mail to one recipient; the tag lets its events find the outbox row again. */
export async function handToSes(mail: {
  raw: Uint8Array;
  to: string;
  source: string;
  outboxId: string;
  configurationSet: string;
}): Promise<Handed> {
  try {
    const answer = await ses.send(
      new SendRawEmailCommand({
        RawMessage: { Data: mail.raw },
        Destinations: [mail.to],
        Source: mail.source,
        ConfigurationSetName: mail.configurationSet,
        Tags: [{ Name: "outbox", Value: mail.outboxId }],
      }),
    );
    return answer.MessageId === undefined
      ? { outcome: "unknown" }
      : { outcome: "sent", sesMessageId: answer.MessageId };
  } catch (error) {
    return { outcome: failureOf(error) };
  }
}

/**
 * Codes after which SES says that it did not take the mail and later might
 * (https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html). Rate and daily quota have one code and differ in
 * the message (https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html).
 */
const later =
  /^(Throttling|ThrottlingException|TooManyRequestsException|RequestThrottled|LimitExceededException)$/;
const paused = /^(Account|ConfigurationSet)SendingPaused(Exception)?$/;

function failureOf(error: unknown): "busy" | "stopped" | "refused" | "unknown" {
  if (!(error instanceof SESServiceException)) return "unknown";
  if (paused.test(error.name)) return "stopped";
  if (later.test(error.name)) return /daily message quota/i.test(error.message) ? "stopped" : "busy";
  return error.$fault === "client" ? "refused" : "unknown";
}
