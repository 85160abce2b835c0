import { useLayoutEffect, useRef } from "preact/hooks";
import { Field } from "../../ui/field.tsx";

type Props = {
  label: string;
  hint: string;
  screened: boolean;
  typed: string;
  onType: (typed: string) => void;
  onEnter: () => void;
  /** Whether it has the focus as the page comes: of whoever works by it. */
  focused?: boolean;
};

/** The one field of a page at the desk, with the focus whenever nothing else is under way. */
export function SearchForm({ label, hint, screened, typed, onType, onEnter, focused = true }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (focused) input.current?.focus({ preventScroll: true });
  }, []);
  return (
    <search>
      <form
        class="reception-search"
        onSubmit={(event) => {
          event.preventDefault();
          onEnter();
        }}
      >
        <Field label={label} hint={hint}>
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
