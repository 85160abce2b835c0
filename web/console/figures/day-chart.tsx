import { BarChart } from "../../ui/bar-chart.tsx";
import type { Day } from "../api/figure-schemas.ts";
import { dayLabels } from "./period.ts";

type Props = {
  /** The finding. */
  label: string;
  days: readonly Day[];
  series: readonly { name: string; count: (day: Day) => number }[];
};

/** Bars by day, the newest to the right. */
export function DayChart({ label, days, series }: Props) {
  return (
    <BarChart
      label={label}
      groups={dayLabels(days.map(({ date }) => date))}
      series={series.map(({ name, count }) => ({ name, values: days.map(count) }))}
    />
  );
}
