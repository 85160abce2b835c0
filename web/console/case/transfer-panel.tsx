import { useState } from "preact/hooks";
import { Check } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useDesk } from "../desk.ts";
import { unitsByAuthority } from "../directory.ts";
import { DraftField } from "../draft-field.tsx";
import { useDraft } from "../use-draft.ts";
import type { PanelProps } from "./panel-props.ts";
import { empty, usePanel } from "./use-panel.ts";

/** Hands the whole matter to the authority that must investigate it, by one of the units that work for it. */
export function TransferPanel(props: PanelProps) {
  const { directory } = useDesk();
  const wasSecret = props.file.case.access === "secret";
  const draft = useDraft(props.file.case.caseId, "transfer");
  /** "authority unit": neither id has a space. */
  const [target, setTarget] = useState("");
  const [secret, setSecret] = useState(wasSecret);
  const { problem, faults, send } = usePanel(props);
  const [authority = "", unit = ""] = target.split(" ");
  const choose = (next: string): void => {
    setTarget(next);
    setSecret(wasSecret || directory.units.some(({ id, secret }) => id === next.split(" ")[1] && secret));
  };
  const submit = (): void => {
    const found = {
      target: empty(target, "Välj vem som ska ta över."),
      text: empty(draft.text, "Skriv vad ärendet gäller och varför ni lämnar över det."),
    };
    const done = `Ärendet är överlämnat till ${directory.authorityName(authority)}. Det bevakas tills de har bekräftat.`;
    const body = { unit, authority, text: draft.text, access: secret ? "secret" : "public" };
    void send(found, { action: "transfer", done, box: "transfer" }, body);
  };
  return (
    <FormDialog
      title="Lämna över till nämnd"
      submit="Lämna över"
      busy={props.busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Field
        label="Nämnd och enhet"
        hint="För ärenden som nämnden måste utreda och besluta om. Servicecentret bevakar tills de har bekräftat."
        error={faults["target"]}
      >
        {(control) => (
          <select
            {...control}
            class="ds-input"
            value={target}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">Välj vem som tar över</option>
            {unitsByAuthority(directory.units).map((group) => (
              <optgroup key={group.authority.id} label={group.authority.name}>
                {group.units.map(({ id, name }) => (
                  <option key={id} value={`${group.authority.id} ${id}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <DraftField label="Vad gäller det?" error={faults["text"]} rows={5} draft={draft} />
      <Check
        label="Innehåller sekretess"
        hint="Då loggas varje läsning, och inget av innehållet går med e-post."
        checked={secret}
        onChange={setSecret}
      />
    </FormDialog>
  );
}
