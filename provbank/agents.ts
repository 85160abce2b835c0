import type { System } from "../local/system.ts";
import { ask, change } from "./api-client.ts";

const amina = { sub: "amina" };

type Answered<T> = { status: number; body: T };

/** As people do: what got no answer is asked again, a moment later. */
async function insist<T>(asked: () => Promise<Answered<T>>, times = 20): Promise<Answered<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const answered = await asked();
    if (answered.status < 500 || attempt === times) return answered;
    await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
  }
}

export type OpenCase = {
  case: { caseId: string; version: number; status: string; owner: string };
  assignments: { assignmentId: string; unit: string; sentAt: string; state: string }[];
  outgoing: { kind: string; status: string }[];
  history: { type: string; version: number; detail: { unit?: string } }[];
};

export async function show(system: System, caseId: string): Promise<OpenCase> {
  return (await insist<OpenCase>(() => ask(system, `/cases/${caseId}`, amina))).body;
}

/** Does something to a case until it is done, each time on the case as it stands. */
export async function persist(
  system: System,
  caseId: string,
  command: string,
  content: object,
  done: (file: OpenCase) => boolean,
): Promise<OpenCase> {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const file = await show(system, caseId);
    if (done(file)) return file;
    await change(system, `/cases/${caseId}/${command}`, amina, { version: file.case.version, ...content });
  }
  throw new Error(`${caseId}: not done in twenty tries: ${command}`);
}

/** What nobody has in hand: the first page of the list, by id and subject. */
export async function unassigned(system: System): Promise<{ caseId: string; subject: string | null }[]> {
  const { body } = await insist(() => ask(system, "/cases/worklists/unassigned", amina));
  return body.cases ?? [];
}
