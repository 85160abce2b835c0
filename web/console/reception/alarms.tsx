import { Alert } from "../../ui/alert.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { useDesk } from "../desk.ts";
import { useFetched } from "../use-fetched.ts";
import { useReception } from "./reception-desk.ts";

/** That a colleague has called for help. Who called does not see it: somebody stands before that screen. */
export function Alarms() {
  const { me } = useDesk();
  const { today, office, personName } = useReception();
  const { data } = useFetched(today, office.id);
  const others = (data?.alarms ?? []).filter(({ by }) => by !== me.sub);
  return (
    <div class="alarms" role="alert">
      {others.map(({ incidentId, at, by }) => (
        <Alert key={incidentId} tone="danger">
          <p>
            <strong>
              {personName(by) ?? "En kollega"} behöver hjälp i receptionen, {office.name}.
            </strong>{" "}
            Kallade kl. {clockInSweden(new Date(at))}. Gå dit, gärna två.
          </p>
        </Alert>
      ))}
    </div>
  );
}
