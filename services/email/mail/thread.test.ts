import { expect, test } from "vitest";
import { threadOf } from "./thread.ts";

test.each([
  [
    "the first of References",
    { messageId: "<c@x>", inReplyTo: "<b@x>", references: "<a@x> <b@x>" },
    "a@x",
    true,
  ],
  ["In-Reply-To without References", { messageId: "<c@x>", inReplyTo: "<b@x>" }, "b@x", true],
  ["its own Message-ID", { messageId: "<c@x>" }, "c@x", false],
  [
    "In-Reply-To when References holds no id",
    { messageId: "<c@x>", inReplyTo: "<b@x>", references: "your letter" },
    "b@x",
    true,
  ],
  [
    "its own id when In-Reply-To holds none",
    { messageId: "<c@x>", inReplyTo: "your mail of Tuesday" },
    "c@x",
    false,
  ],
])("the key is %s", (_what, mail, key, isReply) => {
  expect(threadOf(mail)).toEqual({ key, isReply });
});

test.each([
  ["without any id", {}],
  ["whose id is longer than a line may be", { messageId: `<${"a".repeat(1000)}@x>` }],
  ["whose id is no id", { messageId: "< >" }],
])("a mail %s belongs to no thread", (_what, mail) => {
  expect(threadOf(mail)).toBeUndefined();
});

test("a hostile References field of a megabyte is read in no time", () => {
  const started = performance.now();
  threadOf({ references: "<".repeat(1_000_000) });
  expect(performance.now() - started).toBeLessThan(1_000);
});
