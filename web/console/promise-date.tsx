import { Badge } from "../ui/badge.tsx";
import { promiseText } from "../ui/swedish-time.ts";

/** When an answer is promised, with a word when that is today or has passed. `date` is a calendar date; `words` stand before it. */
export function PromiseDate({ date, now, words }: { date: string; now: Date; words?: string }) {
  const { text, state, stateText } = promiseText(date, now, words);
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
