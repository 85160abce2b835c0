import { useLayoutEffect, useRef } from "preact/hooks";
import { Field } from "../../ui/field.tsx";

type Props = { screened: boolean; typed: string; onType: (typed: string) => void; onEnter: () => void };

/** The one field of the reception, with the focus whenever nothing else is under way. */
export function SearchForm({ screened, typed, onType, onEnter }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), []);
  return (
    <search>
      <form
        class="reception-search"
        onSubmit={(event) => {
          event.preventDefault();
          onEnter();
        }}
      >
        <Field
          label="Vem kommer?"
          hint="Namn, klockslag, kod, nummer eller bricka. Enter tar den översta; tomt fält och Enter är en besökare utan bokning."
        >
          {(control) => (
            <input
              {...control}
              ref={input}
              data-search
              class={screened ? "ds-input screened" : "ds-input"}
              type="text"
              autocomplete="off"
              value={typed}
              onInput={(event) => onType(event.currentTarget.value)}
            />
          )}
        </Field>
      </form>
    </search>
  );
}
