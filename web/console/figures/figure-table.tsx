import type { Day } from "../api/figure-schemas.ts";
import type { Directory } from "../directory.ts";
import { total } from "./figure-sums.ts";
import { figureText } from "./figure-words.ts";
import { NumberLink } from "./number-link.tsx";

type Props = { caption: string; names: readonly string[]; days: readonly Day[]; directory: Directory };

/** Figures of today and of the whole period, each number a way to what is behind it. */
export function FigureTable({ caption, names, days, directory }: Props) {
  const today = days.slice(-1);
  const date = today[0]?.date ?? "";
  return (
    <table class="ds-table figure-table" data-color="neutral">
      <caption class="ds-sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Vad</th>
          <th scope="col">I dag</th>
          <th scope="col">{days.length} dagar</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const text = figureText(name, directory);
          return (
            <tr key={name}>
              <th scope="row">{text}</th>
              <td>
                <NumberLink figure={name} value={total(today, name)} date={date} about={`${text}, i dag`} />
              </td>
              <td>
                <NumberLink figure={name} value={total(days, name)} about={`${text}, ${days.length} dagar`} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const UNIT_KINDS = [
  ["assignments-sent", "Skickade"],
  ["assignments-answered", "Besvarade"],
  ["assignments-answered-in-time", "I tid"],
  ["assignments-returned", "Tillbaka"],
  ["unit-answers", "Svar till invånare"],
] as const;

type UnitProps = { units: readonly string[]; days: readonly Day[]; directory: Directory };

/** What each unit was asked and did, over the period. */
export function UnitTable({ units, days, directory }: UnitProps) {
  return (
    <div class="wide">
      <table class="ds-table figure-table" data-color="neutral">
        <caption class="ds-sr-only">Uppdrag per enhet, {days.length} dagar</caption>
        <thead>
          <tr>
            <th scope="col">Enhet</th>
            {UNIT_KINDS.map(([kind, text]) => (
              <th key={kind} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit}>
              <th scope="row">{directory.unitName(unit)}</th>
              {UNIT_KINDS.map(([kind, text]) => (
                <td key={kind} data-label={text}>
                  <NumberLink
                    figure={`${kind}/${unit}`}
                    value={total(days, `${kind}/${unit}`)}
                    about={`${text}, ${directory.unitName(unit)}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
