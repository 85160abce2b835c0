import type { CaseFile } from "../api/case-schemas.ts";
import type { DoChange } from "./use-case-change.ts";

/** What every form of the case page gets. */
export type PanelProps = {
  /** The case as it stands now. */
  file: CaseFile;
  /** The version that the page has told the person about, their own changes among them. */
  toldVersion: number;
  busy: boolean;
  onChange: DoChange;
  onClose: () => void;
};
