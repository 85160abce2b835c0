import { clockInSweden, dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { floorText } from "./reception-words.ts";
import type { Inside } from "./schemas.ts";
import { capital } from "./visit-row.tsx";

type Props = { officeName: string; inside: readonly Inside[]; at: Date; screened?: boolean };

/** Who is in the house, floor by floor, as it is printed and read out at the assembly point. */
export function HouseTable({ officeName, inside, at, screened = false }: Props) {
  const today = dateInSweden(at);
  const count = inside.length === 1 ? "1 besökare" : `${inside.length} besökare`;
  const sorted = inside.toSorted(
    (one, other) => (one.floor ?? -100) - (other.floor ?? -100) || one.since.localeCompare(other.since),
  );
  return (
    <div class="house">
      <p>
        <strong>{count}</strong> i {officeName}, {shortDate(today, today)} kl. {clockInSweden(at)}. Den som
        har passerkort är inte med.
      </p>
      {inside.length > 0 && (
        <table class="ds-table" data-color="neutral">
          <caption class="ds-sr-only">Besökare i huset</caption>
          <thead>
            <tr>
              <th scope="col">Plan</th>
              <th scope="col">Nr</th>
              <th scope="col">Bricka</th>
              <th scope="col">Sedan</th>
              <th scope="col">Namn</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((one) => (
              <tr key={`${one.date} ${one.number}`}>
                <th scope="row">{capital(floorText(one.floor))}</th>
                <td>{one.number}</td>
                <td>{one.badge ?? "–"}</td>
                <td>{sinceText(one, today)}</td>
                <td>{screened || one.name === null ? "–" : one.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

export function sinceText({ since }: Pick<Inside, "since">, today: string): string {
  const at = new Date(since);
  const date = dateInSweden(at);
  return date === today ? clockInSweden(at) : `${shortDate(date, today)} ${clockInSweden(at)}`;
}
