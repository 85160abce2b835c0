import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IAlarm,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

/** What every construct of the system gets from the foundation. */
export type House = {
  /** The folder that holds `<function name>/index.mjs`. */
  bundles: string;
  key: IKey;
  /** Where alarms are told. */
  alarms: ITopic;
};

type UserAlarm = {
  metric: IMetric;
  /** Rings when the metric reaches this … */
  atLeast?: number;
  /** … or, for things that should happen all the time, when it falls below this or says nothing. */
  below?: number;
  /** One sentence: what citizens or agents notice, and when. It is the alarm's text. */
  userImpact: string;
};

/** An alarm that tells what people notice, not what a machine measured. */
export function alarm(scope: Construct, id: string, house: House, props: UserAlarm): IAlarm {
  const silent = props.below !== undefined;
  const created = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.below ?? props.atLeast ?? 1,
    evaluationPeriods: 1,
    comparisonOperator: silent
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: silent ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: props.userImpact,
  });
  created.addAlarmAction(new SnsAction(house.alarms));
  return created;
}

export const FIVE_MINUTES = { period: Duration.minutes(5) };
