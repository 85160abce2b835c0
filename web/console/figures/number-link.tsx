import { figureHref } from "../route.ts";

type Props = { figure: string; value: number; date?: string; about: string };

/** A number that leads to what is behind it; nothing leads nowhere. `about` says whose number it is, for screen readers. */
export function NumberLink({ figure, value, date, about }: Props) {
  if (value === 0) return <span class="subtle">0</span>;
  return (
    <a class="ds-link number-link" href={figureHref(figure, date)}>
      {value}
      <span class="ds-sr-only"> {about}</span>
    </a>
  );
}
