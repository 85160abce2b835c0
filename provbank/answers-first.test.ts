import { describe, expect, test } from "vitest";
import { answersFirst } from "./answers-first.ts";

const answer = `answer-${"a".repeat(32)}`;
const acknowledgement = `ack-${"b".repeat(32)}`;
const look = { service: "dynamodb", operation: "Query", body: "{}" };
const write = { service: "dynamodb", operation: "TransactWriteItems" };
const queueing = { ...write, body: `{"pk":"demo#OUTBOX#${answer}","claims":"demo#QUEUED#answer"}` };
const claiming = { ...write, body: `{"pk":"demo#OUTBOX#${answer}","claims":"demo#CLAIMED"}` };
const handing = { service: "ses", operation: "SendRawEmail", body: `Value=${acknowledgement}` };

type Asked = typeof handing;
type Line = ["asks" | "is told" | "is refused", string, Asked];
/** An instance asks, and is told. */
type Pair = [Line, Line];

/** What is heard, line by line. */
function heard(...lines: Line[]) {
  const order = answersFirst();
  for (const [what, instance, call] of lines) {
    if (what === "asks") order.asked({ ...call, instance });
    else order.told({ ...call, instance, status: what === "is told" ? 200 : 400 });
  }
  return { handed: order.handed(), waited: order.answersThatWaited(), violations: order.violations() };
}

function pair(instance: string, call: Asked): Pair {
  return [
    ["asks", instance, call],
    ["is told", instance, call],
  ];
}

/** While an instance waits to be told, others are heard. */
function during([asks, isTold]: Pair, ...others: Line[]): Line[] {
  return [asks, ...others, isTold];
}

const waits = pair("1", queueing);
const looks = pair("2", look);
const claims = pair("3", claiming);
const hands: Line = ["asks", "2", handing];

describe("an acknowledgement that is handed over", () => {
  test("after a look that could see an answer waiting is a violation", () => {
    expect(heard(...waits, ...looks, hands)).toEqual({ handed: 1, waited: 1, violations: 1 });
  });

  test("without a look is one when an answer waits, and none when nothing does", () => {
    expect(heard(...waits, hands).violations).toBe(1);
    expect(heard(hands)).toEqual({ handed: 1, waited: 0, violations: 0 });
  });

  test("is none when the look was before the waiting", () => {
    expect(heard(...looks, ...waits, hands)).toEqual({ handed: 1, waited: 1, violations: 0 });
  });

  test("is none when the answer was claimed before the look, and one when it waits again", () => {
    expect(heard(...waits, ...claims, ...looks, hands).violations).toBe(0);
    expect(heard(...waits, ...claims, ...waits, ...looks, hands).violations).toBe(1);
  });

  test("is none when the answer was claimed while the look was under way: the table may have taken that first", () => {
    expect(heard(...waits, ...during(looks, ["asks", "3", claiming]), hands).violations).toBe(0);
    expect(heard(...waits, ...during(looks, ...claims), hands).violations).toBe(0);
  });

  test("is none when the answer began to wait while the look was under way", () => {
    expect(heard(...during(looks, ...waits), hands)).toEqual({ handed: 1, waited: 1, violations: 0 });
  });

  test("is none when the table refused to let the answer wait", () => {
    const refused: Line = ["is refused", "1", queueing];
    expect(heard(["asks", "1", queueing], refused, ...looks, hands)).toEqual({
      handed: 1,
      waited: 0,
      violations: 0,
    });
  });

  test("is none when the claim was heard before the queueing that it followed", () => {
    expect(heard(...during(waits, ...claims), ...looks, hands)).toEqual({
      handed: 1,
      waited: 0,
      violations: 0,
    });
  });
});
