import type { System } from "../../local/system.ts";
import { ask, change } from "../api-client.ts";
import { postman } from "../bench-system.ts";

type Access = "unclassified" | "public" | "secret";
export type TaskObject = { taskId: string; unit: string; kind: "assignment" | "transfer" };
/** A case as the oracle knows it: from what was done to it, not from what the system says of it. */
export type CaseObject = {
  kind: string;
  caseId: string;
  caseNumber: string;
  access: Access;
  closed: boolean;
  /** A word that stands in its subject and nowhere else. */
  word: string;
  messageId: string;
  tasks: readonly TaskObject[];
};

type Making = {
  kind: string;
  access: Access;
  tasks: readonly Pick<TaskObject, "unit" | "kind">[];
  taken?: boolean;
  closed?: boolean;
};

const kinds: readonly Making[] = [
  { kind: "unclassified", access: "unclassified", tasks: [] },
  { kind: "public", access: "public", tasks: [] },
  { kind: "secret", access: "secret", tasks: [] },
  { kind: "secret, in hand", access: "secret", tasks: [], taken: true },
  { kind: "closed", access: "public", tasks: [], closed: true },
  { kind: "secret, closed", access: "secret", tasks: [], closed: true },
  { kind: "asked of bygglov", access: "public", tasks: [{ unit: "bygglov", kind: "assignment" }] },
  {
    kind: "asked of a secret unit",
    access: "secret",
    tasks: [{ unit: "ifo-mottagning", kind: "assignment" }],
  },
  {
    kind: "asked of two",
    access: "public",
    tasks: [
      { unit: "avfall", kind: "assignment" },
      { unit: "bygglov", kind: "assignment" },
    ],
  },
  { kind: "secret, asked of avfall", access: "secret", tasks: [{ unit: "avfall", kind: "assignment" }] },
  { kind: "transferred", access: "public", tasks: [{ unit: "bygglov", kind: "transfer" }] },
  { kind: "transferred, secret", access: "secret", tasks: [{ unit: "ifo-mottagning", kind: "transfer" }] },
];
const authorityOf: Record<string, string> = {
  bygglov: "bygg-och-miljonamnden",
  "ifo-mottagning": "socialnamnden",
};

const amina = { sub: "amina" };

/** One case of each kind, made as people make them: a mail, and then clicks. */
export async function makeCases(system: System): Promise<readonly CaseObject[]> {
  const post = postman(system, 4);
  const wordOf = (n: number) => `kannetecken${String.fromCharCode(97 + n)}`;
  await Promise.all(
    kinds.map((_, n) => post.post({ from: `${wordOf(n)}@example.org`, subject: `Om ${wordOf(n)}` })),
  );
  post.close();
  await system.quiet();
  const { cases } = (await ask(system, "/cases/worklists/unassigned", amina)).body;
  const made: CaseObject[] = [];
  for (const [n, making] of kinds.entries()) {
    const word = wordOf(n);
    const { caseId } = cases.find((one: { subject: string }) => one.subject.includes(word));
    made.push(await makeCase(system, caseId, word, making));
  }
  await system.quiet();
  return made;
}

async function makeCase(system: System, caseId: string, word: string, making: Making): Promise<CaseObject> {
  const { access, tasks } = making;
  const act = async (command: string, content: object) => {
    const { version } = (await ask(system, `/cases/${caseId}`, amina)).body.case;
    const { status } = await change(system, `/cases/${caseId}/${command}`, amina, { version, ...content });
    if (status !== 200) throw new Error(`${making.kind}: ${command} ${status}`);
  };
  if (access !== "unclassified") await act("classify", { access });
  if (making.taken) await act("take", {});
  for (const { unit, kind } of tasks) {
    const asked = { unit, text: `Vad gäller om ${word}?`, access };
    if (kind === "assignment") await act("assignments", { ...asked, dueDate: "2036-12-01" });
    else await act("transfer", { ...asked, authority: authorityOf[unit] });
  }
  if (making.closed) {
    await act("told", { how: "phone", text: "Talat om saken." });
    await act("close", { reason: "answered" });
  }
  const shown = (await ask(system, `/cases/${caseId}`, amina)).body;
  const ids = [
    ...shown.assignments.map((one: { assignmentId: string; unit: string }) => ({
      taskId: one.assignmentId,
      unit: one.unit,
      kind: "assignment",
    })),
    ...shown.transfers.map((one: { transferId: string; unit: string }) => ({
      taskId: one.transferId,
      unit: one.unit,
      kind: "transfer",
    })),
  ];
  return {
    kind: making.kind,
    caseId,
    caseNumber: shown.case.caseNumber,
    access,
    closed: making.closed ?? false,
    word,
    messageId: shown.messages[0].messageId,
    tasks: ids,
  };
}
