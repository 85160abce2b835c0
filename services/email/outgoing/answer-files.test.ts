import { expect, test } from "vitest";
import { wayOfFiles } from "./answer-files.ts";
import { compose } from "./compose.ts";

test.each([
  [[], "none"],
  [[1], "attached"],
  [[7_000_000], "attached"],
  [[3_500_000, 3_500_000], "attached"],
  [[3_500_000, 3_500_001], "on-page"],
  [[25_000_000], "on-page"],
])("files of %j bytes: %s", (sizes, way) => {
  expect(wayOfFiles(sizes.map((bytes) => ({ bytes })))).toBe(way);
});

test("the most that is attached makes a mail that SES takes", async () => {
  const text = "Å".repeat(20_000);
  const raw = await compose({
    from: { name: "Björkeby kommun", address: "kommunen@example.se" },
    to: "asa@example.org",
    replyTo: undefined,
    subject: "Sv: Plogning",
    text,
    html: `<p>${text}</p>`,
    inReplyTo: undefined,
    automatic: false,
    attachments: [{ filename: "b.bin", contentType: "application/pdf", content: Buffer.alloc(7_000_000) }],
  });
  // https://docs.aws.amazon.com/ses/latest/dg/quotas.html: 10 MB, encoded.
  expect(raw.length).toBeLessThan(10_000_000);
});
