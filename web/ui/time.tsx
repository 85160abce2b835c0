import { exactTime, relativeTime } from "./swedish-time.ts";

/** How long ago, with the exact Swedish time on hover and for machines. `at` is an ISO instant. */
export function RelativeTime({ at, now }: { at: string; now: Date }) {
  const instant = new Date(at);
  return (
    <time dateTime={at} title={exactTime(instant)}>
      {relativeTime(instant, now)}
    </time>
  );
}

/** The exact Swedish time. `at` is an ISO instant. */
export function ExactTime({ at }: { at: string }) {
  return <time dateTime={at}>{exactTime(new Date(at))}</time>;
}
