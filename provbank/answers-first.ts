/** As much of a call as it takes. `instance`: which of the sender's; each does one thing at a time. */
type Call = { instance: string; service: string; operation: string };

/** From one step to another. Steps are what is heard, in the order in which it is heard. */
type Span = { from: number; to: number };
const notYet = Number.POSITIVE_INFINITY;

/**
 * Hears what the sender of mails asks and is told, and counts the acknowledgements that went to SES though an answer waited, as far as the
 * sender could have seen that when it looked. An answer waits from when the table has said so until somebody asks to have it again; a look lasts
 * from the question to the answer. It had to see what waited from its beginning to its end: what is asked at the same moment the table
 * takes in any order, and news of two senders is not always heard in the order in which it happened.
 */
export function answersFirst() {
  let step = 0;
  const waited = new Map<string, Span[]>();
  const claimedAt = new Map<string, number>();
  const asked = new Map<string, { answer: string; queues: boolean; at: number }>();
  const looks = new Map<string, Span>();
  const handed: Span[] = [];

  return {
    /** Before AWS hears of it. */
    asked({ instance, service, operation, body }: Call & { body: string }): void {
      step += 1;
      if (service === "dynamodb" && operation === "Query") looks.set(instance, { from: step, to: notYet });
      if (service === "dynamodb" && operation === "TransactWriteItems") {
        const [, answer = ""] = /#OUTBOX#(answer-[0-9a-f]{32})"/.exec(body) ?? [];
        const queues = body.includes('#QUEUED#answer"');
        asked.set(instance, { answer, queues, at: step });
        if (!queues) endWaiting(waited.get(answer), step);
      }
      // Who never looked could have seen whatever waits now.
      if (service === "ses" && /=ack-[0-9a-f]{32}\b/.test(body))
        handed.push(looks.get(instance) ?? { from: step, to: step });
    },
    /** Before the sender hears of it. */
    told({ instance, service, operation, status }: Call & { status: number }): void {
      step += 1;
      if (service !== "dynamodb" || status !== 200) return;
      const look = looks.get(instance);
      if (operation === "Query" && look !== undefined) look.to = step;
      const written = asked.get(instance);
      if (operation !== "TransactWriteItems" || written === undefined || written.answer === "") return;
      const { answer, queues, at } = written;
      if (!queues) {
        endWaiting(waited.get(answer), step);
        claimedAt.set(answer, step);
      } else if ((claimedAt.get(answer) ?? 0) < at) {
        waited.set(answer, [...(waited.get(answer) ?? []), { from: step, to: notYet }]);
      }
    },
    answersThatWaited: () => waited.size,
    /** How many times an acknowledgement was handed to SES. */
    handed: () => handed.length,
    violations: () => {
      const spans = [...waited.values()].flat();
      return handed.filter((look) => spans.some(({ from, to }) => from < look.from && look.to < to)).length;
    },
  };
}

function endWaiting(spans: readonly Span[] | undefined, at: number): void {
  const last = spans?.at(-1);
  if (last?.to === notYet) last.to = at;
}
