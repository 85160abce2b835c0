import { CfnOutput, Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { ReceiptRule, ReceiptRuleSet, TlsPolicy } from "aws-cdk-lib/aws-ses";
import { S3 } from "aws-cdk-lib/aws-ses-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";
import { alarm, FIVE_MINUTES, type House } from "../../constructs/alarm.ts";
import { asIBucket } from "../../constructs/cdk-types.ts";

type Props = { house: House; kommun: string; municipality: Municipality; inbox: Bucket };

/**
 * Every mail to our domains: raw to the inbox, then a notice with SES's verdicts on the returned topic. Scanned but
 * never refused: a verdict is something an agent sees, not a reason to lose a public record.
 */
export function receiveMail(scope: Construct, { house, kommun, municipality, inbox }: Props): Topic {
  const notices = new Topic(scope, "MailNotices", { enforceSSL: true, masterKey: house.key });
  const ruleSet = new ReceiptRuleSet(scope, "MailRules", { receiptRuleSetName: `servicecenter-${kommun}` });
  new ReceiptRule(scope, "MailRule", {
    ruleSet,
    recipients: [municipality.mail.domain, municipality.mail.subdomain],
    scanEnabled: true,
    // Demanding TLS would bounce the mail of citizens whose provider does not speak it.
    tlsPolicy: TlsPolicy.OPTIONAL,
    actions: [new S3({ bucket: asIBucket(inbox), objectKeyPrefix: "mail/", topic: notices })],
  });
  for (const metric of ["PublishFailure", "PublishExpired"]) {
    alarm(scope, `Mail${metric}`, house, {
      metric: new MathExpression({
        expression: `SELECT SUM(${metric}) FROM "AWS/SES"`,
        usingMetrics: {},
        ...FIVE_MINUTES,
      }),
      userImpact:
        metric === "PublishFailure"
          ? "Citizens' mail waits outside: SES cannot put it in the inbox and gives up after four hours."
          : "Citizens' mail has been lost outside: SES gave up after four hours, and the senders may not know.",
    });
  }
  alarm(scope, "MailSilent", house, {
    metric: notices.metricNumberOfMessagesPublished({ period: Duration.days(1), statistic: "sum" }),
    below: 1,
    userImpact:
      "No mail has come in for a day: the rule set may not be the active one, and citizens' mail goes elsewhere.",
  });
  new CfnOutput(scope, "ReceiptRuleSet", { value: ruleSet.receiptRuleSetName });
  return notices;
}
