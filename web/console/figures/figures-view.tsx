import type { Route } from "../route.ts";
import { CountedPage } from "./counted-page.tsx";
import { FigurePage } from "./figure-page.tsx";
import { FiguresPage } from "./figures-page.tsx";

type Props = { route: Extract<Route, { view: "figures" | "figure" }>; focused: boolean };

/** The view of the figures that an address names. */
export function FiguresView({ route, focused }: Props) {
  if (route.view === "figures") return <FiguresPage focused={focused} />;
  const { figure, date } = route;
  return date === undefined ? (
    <FigurePage key={figure} figure={figure} focused={focused} />
  ) : (
    <CountedPage key={`${figure} ${date}`} figure={figure} date={date} focused={focused} />
  );
}
