import { Badge } from "../ui/badge.tsx";
import { promiseText } from "../ui/swedish-time.ts";

/** When an answer is promised, with a word when that is today or has passed. `date` is a calendar date. */
export function PromiseDate({ date, now }: { date: string; now: Date }) {
  const { text, state, stateText } = promiseText(date, now);
  return (
    <span class="promise-date">
      <time dateTime={date}>{text}</time>
      {stateText !== undefined && (
        <Badge tone={state === "late" ? "danger" : "warning"} icon={state === "late" ? "warning" : "clock"}>
          {stateText}
        </Badge>
      )}
    </span>
  );
}
