import type { ComponentChildren, RefObject } from "preact";
import { Field } from "../ui/field.tsx";
import { clockInSweden } from "../ui/swedish-time.ts";
import type { Draft } from "./drafts.ts";

type Props = {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  rows: number;
  draft: Draft & { write: (text: string) => void };
  field?: RefObject<HTMLTextAreaElement | null>;
};

/** Something longer to write, which is saved while it is written. */
export function DraftField({ label, hint, error, rows, draft, field }: Props) {
  return (
    <div class="draft-field">
      <Field label={label} hint={hint} error={error}>
        {(control) => (
          <textarea
            {...control}
            {...(field === undefined ? {} : { ref: field })}
            class="ds-input"
            rows={rows}
            maxLength={20_000}
            value={draft.text}
            onInput={(event) => draft.write(event.currentTarget.value)}
          />
        )}
      </Field>
      <p class="hint draft-state">{draftText(draft)}</p>
    </div>
  );
}

/** Whether what is written is safe. */
export function draftText({ text, savedAt, state }: Draft): string {
  if (state === "failed") return "Utkastet kunde inte sparas men står kvar här. Försöker igen.";
  if (state === "unsaved") return text === "" ? "" : "Sparar utkastet …";
  return text === "" || savedAt === undefined ? "" : `Utkast sparat ${clockInSweden(new Date(savedAt))}`;
}
