import { Alert } from "../../ui/alert.tsx";
import { UNSETTLED_HREF } from "./booking-route.ts";

/** What was saved, and how many meetings it leaves without their time. */
export function ToSettle({ saved, count }: { saved: string; count: number }) {
  if (count === 0) {
    return (
      <Alert tone="success">
        <p>{saved} Inget möte berörs.</p>
      </Alert>
    );
  }
  return (
    <Alert tone="warning">
      <p>
        {saved} {count === 1 ? "1 möte behöver" : `${count} möten behöver`} en ny tid.{" "}
        <a class="ds-link" href={UNSETTLED_HREF}>
          Ge {count === 1 ? "det" : "dem"} en ny tid
        </a>
      </p>
    </Alert>
  );
}
