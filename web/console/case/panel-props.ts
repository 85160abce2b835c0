import type { CaseFile } from "../api/case-schemas.ts";
import type { DoChange } from "./use-case-change.ts";

/** What every form of the case page gets. `file` is the case as it stands now. */
export type PanelProps = { file: CaseFile; busy: boolean; onChange: DoChange; onClose: () => void };
