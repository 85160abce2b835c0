type Stretch = { from: string; to: string };
type Week = Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", readonly Stretch[]>;

const days = [
  ["mon", "måndag"],
  ["tue", "tisdag"],
  ["wed", "onsdag"],
  ["thu", "torsdag"],
  ["fri", "fredag"],
  ["sat", "lördag"],
  ["sun", "söndag"],
] as const;

/** An ordinary week in words: `måndag–torsdag 8–18, fredag 8–17`. Days that are closed are not named. */
export function openingHoursInWords(week: Week): string {
  const open = days
    .map(([day, name]) => ({ name, hours: week[day].map(inWords).join(" och ") }))
    .filter(({ hours }) => hours !== "");
  const runs: { first: string; last: string; hours: string }[] = [];
  for (const { name, hours } of open) {
    const run = runs.at(-1);
    if (run?.hours === hours && follows(run.last, name)) run.last = name;
    else runs.push({ first: name, last: name, hours });
  }
  return runs
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`)
    .join(", ");
}

function follows(earlier: string, later: string): boolean {
  const place = (name: string) => days.findIndex(([, day]) => day === name);
  return place(later) === place(earlier) + 1;
}

/** `8–18`, `8.30–16.15`. */
function inWords({ from, to }: Stretch): string {
  return `${clock(from)}–${clock(to)}`;
}

function clock(time: string): string {
  const [hour = "", minute = ""] = time.split(":");
  return minute === "00" ? String(Number(hour)) : `${Number(hour)}.${minute}`;
}
