import { barsOf } from "./bar-chart-math.ts";

type Series = { name: string; values: readonly number[] };

type Props = {
  /** The finding, in a sentence: all that a screen reader gets of the picture. The numbers belong in a table beside it. */
  label: string;
  /** One short label for each group of bars. */
  groups: readonly string[];
  /** One series or two: the first is filled, the second outlined, so that no colour is needed to tell them apart. */
  series: readonly Series[];
};

const HEIGHT = 170;
const FRAME = { top: 22, bottom: 140 };

/** Bars side by side, in the colour of the text. */
export function BarChart({ label, groups, series }: Props) {
  const drawn = barsOf(
    series.map(({ values }) => values),
    FRAME,
  );
  const alone = series.length === 1;
  const slot = 100 / Math.max(groups.length, 1);
  return (
    <figure class="chart">
      {!alone && (
        <figcaption class="chart-legend">
          {series.map(({ name }, place) => (
            <span key={name} class="with-icon">
              <svg width="14" height="14" aria-hidden="true" focusable="false">
                <rect x="1" y="1" width="12" height="12" {...paint(place)} />
              </svg>
              {name}
            </span>
          ))}
        </figcaption>
      )}
      <svg role="img" aria-label={label} width="100%" height={HEIGHT} fill="currentColor">
        <line x1="0" x2="100%" y1={FRAME.bottom} y2={FRAME.bottom} stroke="currentColor" />
        {drawn.map((bars, place) =>
          bars.map(({ xPercent, widthPercent, y, height, value }, group) => (
            <g key={`${place} ${group}`}>
              {height > 0 && (
                <rect x={`${xPercent}%`} width={`${widthPercent}%`} y={y} height={height} {...paint(place)} />
              )}
              {alone && value > 0 && (
                <text x={`${xPercent + widthPercent / 2}%`} y={y - 5} text-anchor="middle">
                  {value}
                </text>
              )}
            </g>
          )),
        )}
        {groups.map((name, group) => (
          <text key={group} x={`${slot * (group + 0.5)}%`} y={FRAME.bottom + 18} text-anchor="middle">
            {name}
          </text>
        ))}
      </svg>
    </figure>
  );
}

function paint(place: number) {
  return place === 0
    ? ({ fill: "currentColor" } as const)
    : ({ fill: "none", stroke: "currentColor", "stroke-width": 2 } as const);
}
