import { useState } from "preact/hooks";
import type { CaseFile } from "../api/case-schemas.ts";
import type { CaseAction } from "../api/client.ts";
import { type Desk, useDesk } from "../desk.ts";

/** What several cases in quarantine can become, by one press. */
export type Verdict = "admit" | "spam";

const VERDICTS: Readonly<Record<Verdict, { action: CaseAction; more: object; one: string; many: string }>> = {
  admit: { action: "admit", more: {}, one: "1 ärende är insläppt.", many: "ärenden är insläppta." },
  spam: {
    action: "close",
    more: { reason: "spam" },
    one: "1 ärende är avslutat som skräp.",
    many: "ärenden är avslutade som skräp.",
  },
};

/** Does the same with several cases, one after another, each as it stands now. What could not be done stays chosen. */
export function useMany() {
  const desk = useDesk();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();

  const choose = (id: string, on: boolean): void =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));

  const judge = async (verdict: Verdict, ids: readonly string[]): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const done: CaseFile[] = [];
    const left: string[] = [];
    for (const id of ids) {
      const file = await judgeOne(desk, id, verdict);
      if (file === undefined) left.push(id);
      else done.push(file);
    }
    setChosen(new Set(left));
    setBusy(false);
    if (left.length > 0) setProblem(leftText(left.length));
    if (done.length > 0) tell(desk, verdict, done);
  };
  return { chosen, choose, busy, problem, judge };
}

function leftText(count: number): string {
  const what = count === 1 ? "1 ärende" : `${count} ärenden`;
  return `${what} gick inte att ändra: någon annan kan ha hunnit före. Listan visar hur det står nu.`;
}

/** The case after it, or nothing when it could not be done. */
async function judgeOne(desk: Desk, caseId: string, verdict: Verdict): Promise<CaseFile | undefined> {
  const { action, more } = VERDICTS[verdict];
  try {
    const { version } = (await desk.api.caseFile(caseId, AbortSignal.timeout(20_000))).case;
    const outcome = await desk.api.changeCase(caseId, action, { version, ...more });
    const stands = "answer" in outcome ? outcome.answer : outcome.current;
    if (stands !== undefined) desk.took(stands);
    return "answer" in outcome ? outcome.answer : undefined;
  } catch {
    return undefined;
  }
}

/** Says what was done. What was closed is opened again by one press; what was let in is a case like any other. */
function tell(desk: Desk, verdict: Verdict, done: readonly CaseFile[]): void {
  const { one, many } = VERDICTS[verdict];
  const text = done.length === 1 ? one : `${done.length} ${many}`;
  const undo = { text: "Ångra", run: () => void reopen(desk, done) };
  desk.say(verdict === "spam" ? { text, undo } : { text });
}

async function reopen(desk: Desk, files: readonly CaseFile[]): Promise<void> {
  let failed = 0;
  for (const { case: closed } of files) {
    try {
      const outcome = await desk.api.changeCase(closed.caseId, "reopen", { version: closed.version });
      if ("answer" in outcome) desk.took(outcome.answer);
      else failed += 1;
    } catch {
      failed += 1;
    }
  }
  // They come back by one's own doing: nobody has to ask for them.
  await desk.cases.quarantine.refresh();
  desk.cases.quarantine.showLatest();
  desk.say({
    text: failed === 0 ? "Tillbaka i karantänen." : `${failed} av ${files.length} gick inte att ångra.`,
  });
}
