import { Alert } from "../../ui/alert.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Fold } from "../../ui/fold.tsx";
import { monthName } from "./local-time.ts";
import type { Check } from "./rota-schemas.ts";
import { faultText, flagText } from "./rota-words.ts";
import type { Basics } from "./with-basics.tsx";

/** What a rota would mean: what refuses its publishing, the evenings of each month, and what else is to be known. */
export function RotaFindings({ check, basics }: { check: Check; basics: Basics }) {
  const words = { person: basics.names.person, today: basics.today };
  const faults = check.faults.filter(({ code }) => code !== "too-few-evenings");
  const months = check.evenings.filter(({ needs }) => needs > 0);
  return (
    <section aria-labelledby="findings" class="findings">
      <h2 id="findings" class="ds-heading" data-size="2xs">
        Vad schemat betyder
      </h2>
      <p role="status" class="finding">
        {check.faults.length === 0
          ? "Schemat går att publicera."
          : `${check.faults.length === 1 ? "En sak" : `${check.faults.length} saker`} hindrar att schemat publiceras.`}
      </p>
      {months.length > 0 && (
        <ul class="months" aria-label="Kvällar per månad">
          {months.map(({ month, has, needs }) => (
            <li key={month}>
              <span>{monthName(month)}</span>{" "}
              <Badge tone={has < needs ? "danger" : "success"} icon={has < needs ? "warning" : "check"}>
                {has} av {needs} kvällar
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {faults.length > 0 && (
        <Alert tone="danger">
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.code} ${fault.date} ${fault.person}`}>{faultText(fault, words)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {check.flags.length > 0 && (
        <Fold
          show={`Visa ${check.flags.length} att känna till`}
          hide={`Dölj ${check.flags.length} att känna till`}
        >
          <ul class="flags">
            {check.flags.map((flag) => (
              <li key={`${flag.code} ${flag.date} ${flag.from} ${flag.person}`}>{flagText(flag, words)}</li>
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}
