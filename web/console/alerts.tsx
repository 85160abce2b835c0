import { useEffect, useState } from "preact/hooks";
import { Alert } from "../ui/alert.tsx";
import { clockInSweden } from "../ui/swedish-time.ts";
import { alertsKey } from "./alerts-key.ts";
import type { StaffingAlert } from "./api/alert-schemas.ts";
import { useDesk } from "./desk.ts";
import { staffingHref } from "./route.ts";
import { useFetched } from "./use-fetched.ts";

const POLL_MS = 10_000;
/** Who must know at once that something is wrong at an office. */
const ROLES = ["receptionist", "agent", "manager"];

/** Over every page: that a colleague has called for help, and that too few are on duty. */
export function Alerts() {
  const { me } = useDesk();
  return me.roles.some((role) => ROLES.includes(role)) ? <Watched /> : null;
}

function Watched() {
  const { alerts, me } = useDesk();
  const key = useKey();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void alerts.revalidate(key);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [alerts, key]);
  const { data } = useFetched(alerts, key);
  // Who called does not see it: somebody stands before that screen.
  const incidents = (data?.incidents ?? []).filter(({ by }) => by !== me.sub);
  return (
    <div class="alerts" role="alert">
      {incidents.map(({ incidentId, at, name, place }) => (
        <Alert key={incidentId} tone="danger">
          <p>
            <strong>
              {name ?? "En kollega"} behöver hjälp i receptionen, {place}.
            </strong>{" "}
            Kallade kl. {clockInSweden(new Date(at))}. Gå dit, gärna två.
          </p>
        </Alert>
      ))}
      {data?.staffing.map((gap) => (
        <Alert key={`${gap.office} ${gap.from}`} tone="warning">
          <p>
            <strong>{shortText(gap)}</strong>{" "}
            <a class="ds-link" href={staffingHref(gap.office)}>
              Se vem som kan rycka in
            </a>
          </p>
        </Alert>
      ))}
    </div>
  );
}

/** "Bara 1 av minst 2 i Kommunhuset i dag 08:00–13:00." */
function shortText({ place, present, minimum, from, to }: StaffingAlert): string {
  const who = present === 0 ? `Ingen av minst ${minimum}` : `Bara ${present} av minst ${minimum}`;
  return `${who} på plats, ${place}, i dag ${clockInSweden(new Date(from))}–${clockInSweden(new Date(to))}.`;
}

/** Of one's own offices, and the one whose reception is open. */
function useKey(): string {
  const [key, setKey] = useState(alertsKey);
  useEffect(() => {
    const timer = setInterval(() => setKey(alertsKey()), POLL_MS);
    return () => clearInterval(timer);
  }, []);
  return key;
}
