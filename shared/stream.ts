import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { Event } from "#shared/event.ts";
import { log } from "#shared/logging.ts";

const sns = new SNSClient({});
/** SNS's limit for one PublishBatch. */
const entriesPerBatch = 10;

/**
 * The relay of a service: publishes the event rows that the table's stream hands over. It marks nothing: a record that
 * comes twice is published twice, and every consumer expects that. The stream's mapping lets only new event rows
 * through; after a failure it goes on from the first record that was not published.
 */
export function relayHandler(topicArn: () => string) {
  return async (stream: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (let from = 0; from < stream.Records.length; from += entriesPerBatch) {
      const failed = await publish(topicArn(), stream.Records.slice(from, from + entriesPerBatch));
      if (failed !== undefined) {
        log("RELAY_STOPPED", { published: from, records: stream.Records.length });
        return { batchItemFailures: [{ itemIdentifier: failed }] };
      }
    }
    log("COMPLETED", { records: stream.Records.length });
    return { batchItemFailures: [] };
  };
}

/** Publishes at most ten records. Returns the sequence number of the first that was refused. */
async function publish(topicArn: string, records: readonly DynamoDBRecord[]): Promise<string | undefined> {
  const answer = await sns.send(
    new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: records.map((record, place) => {
        const event = eventOf(record);
        return { Id: String(place), Message: JSON.stringify(event), MessageAttributes: attributesOf(event) };
      }),
    }),
  );
  const places = (answer.Failed ?? []).map((failure) => Number(failure.Id)).sort((a, b) => a - b);
  return places[0] === undefined ? undefined : records[places[0]]?.dynamodb?.SequenceNumber;
}

function eventOf(record: DynamoDBRecord): Event {
  const image = record.dynamodb?.NewImage;
  if (image === undefined)
    throw new Error("a stream record without a new image: is the stream NEW_AND_OLD_IMAGES?");
  return unmarshall(image as Parameters<typeof unmarshall>[0])["event"];
}

/** Subscriptions choose by type, a unit's queue also by the unit that an event names. */
function attributesOf(event: Event) {
  const unit = event.data["unit"];
  return {
    type: { DataType: "String", StringValue: event.type },
    ...(typeof unit === "string" ? { unit: { DataType: "String", StringValue: unit } } : {}),
  };
}
