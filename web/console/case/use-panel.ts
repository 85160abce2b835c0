import { useRef, useState } from "preact/hooks";
import { useDesk } from "../desk.ts";
import type { PanelProps } from "./panel-props.ts";
import type { Change } from "./use-case-change.ts";

/** The faults of a form's fields, by field. */
export type Faults = Readonly<Record<string, string | undefined>>;

/**
 * What the forms have in common. The version that counts is the one that was on the screen when the form opened; after
 * a no, the one that came with it, since the person has been told what changed.
 */
export function usePanel({ file, toldVersion, onChange, onClose }: PanelProps) {
  const seen = useRef(file.case.version);
  const { files } = useDesk();
  const [problem, setProblem] = useState<string | undefined>();
  const [faults, setFaults] = useState<Faults>({});

  const send = async (found: Faults, change: Omit<Change, "body">, body: object): Promise<void> => {
    setFaults(found);
    setProblem(undefined);
    if (Object.values(found).some((fault) => fault !== undefined)) return;
    const no = await onChange({ ...change, body: { ...body, version: Math.max(seen.current, toldVersion) } });
    if (no === undefined) {
      onClose();
      return;
    }
    seen.current = files.read(file.case.caseId).data?.case.version ?? seen.current;
    setProblem(no);
  };
  return { problem, faults, send };
}

/** The fault of a text that must not be empty. */
export function empty(text: string, fault: string): string | undefined {
  return text.trim() === "" ? fault : undefined;
}
