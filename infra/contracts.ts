import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import {
  assignmentSent,
  caseTransferred,
  messagePassedOn,
  passedOnLetterSchema,
  replyLetterSchema,
  taskLetterSchema,
  unitReplySchema,
} from "#services/cases/events.ts";
import { ROOT } from "./build.ts";

/** What other systems rely on: file below `docs/contracts/`, what it describes, and our own schema of it. */
const contracts = {
  "assignment-sent": ["On a unit's queue: it is asked to do its part of a case", assignmentSent.schema],
  "case-transferred": [
    "On a unit's queue: its authority is asked to take a case over",
    caseTransferred.schema,
  ],
  "message-passed-on": [
    "On a unit's queue: a citizen has written more about a matter that its authority has",
    messagePassedOn.schema,
  ],
  "passed-on-letter": [
    "The object that it names: what the citizen wrote, and when it arrived",
    passedOnLetterSchema,
  ],
  "task-letter": ["The object that an event on a unit's queue names: what is asked", taskLetterSchema],
  "unit-reply": ["On a unit's reply queue: what the unit says of what it was asked", unitReplySchema],
  "reply-letter": ["The object that a reply names: the unit's own words", replyLetterSchema],
} as const;

/** The published schemas (JSON Schema 2020-12) by file name, made from the schemas that the code itself parses with. */
export function publishedContracts(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(contracts).map(([name, [title, schema]]) => {
      // As input: whoever reads must bear with fields that a later version adds.
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" });
      return [`${name}.schema.json`, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`];
    }),
  );
}

export const contractsFolder = join(ROOT, "docs/contracts");

if (import.meta.main) {
  for (const [file, text] of Object.entries(publishedContracts()))
    writeFileSync(join(contractsFolder, file), text);
}
