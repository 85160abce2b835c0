import { Field } from "../../ui/field.tsx";
import { Fold } from "../../ui/fold.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { receptionHref } from "../route.ts";
import { KEY_HELP } from "./key-help.ts";
import { KeyHint } from "./key-hint.tsx";
import type { PageName, ReceptionPage } from "./pages.ts";
import { useReception } from "./reception-desk.ts";
import type { Incident } from "./schemas.ts";
import { SCREEN_KEY } from "./use-screening.ts";

type Props = {
  offices: readonly { id: string; name: string }[];
  pages: readonly ReceptionPage[];
  current: PageName;
  /** An incident that nothing has been said of yet. */
  undescribed: Incident | undefined;
  onOffice: (id: string) => void;
  onScreen: () => void;
  onThreat: () => void;
};

/** Over every page of the reception: which office, the pages, and what must be at hand at once. */
export function ReceptionBar(props: Props) {
  const { offices, pages, current, undescribed } = props;
  const { office, parts, screened } = useReception();
  return (
    <div class="reception-bar">
      <nav class="reception-pages" aria-label="Receptionens sidor">
        {pages.map(({ name, text }) => (
          <a
            key={name}
            class="ds-link"
            href={receptionHref(name)}
            aria-current={name === current ? "page" : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      <div class="reception-tools">
        {offices.length > 1 && (
          <Field label="Kontor">
            {(control) => (
              <select
                {...control}
                class="ds-input"
                value={office.id}
                onChange={(event) => props.onOffice(event.currentTarget.value)}
              >
                {offices.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {parts.meets && (
          <>
            <button type="button" class="fold-button" aria-pressed={screened} onClick={props.onScreen}>
              Dölj namn <KeyHint keys={[SCREEN_KEY]} />
            </button>
            {/* Named so that whoever stands on the other side of the desk reads nothing into it. */}
            <button type="button" class="fold-button" onClick={props.onThreat}>
              Telefonlista <KeyHint keys={["Esc", "Esc"]} />
              {undescribed !== undefined && ` – anteckning ${clockInSweden(new Date(undescribed.at))}`}
            </button>
          </>
        )}
        <Fold show="Tangenter" hide="Dölj tangenter">
          <dl class="keys">
            {KEY_HELP.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </Fold>
      </div>
    </div>
  );
}
