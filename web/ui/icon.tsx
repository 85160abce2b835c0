const PATHS = {
  mail: "M3 5h18v14H3zM3 6l9 7 9-7",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17v.6",
  check: "M4.5 12.5 10 18 20 6.5",
  question: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.4 9.6a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1 .8-1 1.6M12 16.6v.6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V12l3 2",
  clip: "M8 12.5 14 6.5a3 3 0 0 1 4.2 4.2l-8 8a5 5 0 0 1-7-7l7.5-7.6",
  back: "M19 12H5M11 6l-6 6 6 6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 20.5c.8-4 4-6 8-6s7.2 2 8 6",
  phone:
    "M6 3.5h3.5l1.5 5-2.2 1.600a12 12 0 0 0 5.100 5.100l1.600-2.2 5 1.5V18a2.5 2.5 0 0 1-2.700 2.5A15.5 15.5 0 0 1 3.5 6.2 2.5 2.5 0 0 1 6 3.5",
  task: "M5 4h14v17H5zM9 2.5h6V6H9zM8.5 13.5l2.5 2.5 4.5-5",
  chart: "M4 20.5h17M7 20V11M12 20V5M17 20v-7",
  lock: "M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  note: "M5 3.5h14v11l-5.5 6H5zM13.5 20v-5.5H19M8.5 8.5h7M8.5 12h4",
  shield: "M12 3 5 5.5v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9v-6zM9.5 9.5l5 5M14.5 9.5l-5 5",
  calendar: "M4 6h16v14.5H4zM4 10.5h16M8.5 3v5M15.5 3v5",
  inbox: "M3 13 6 5h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing in the colour of the text beside it, which says the same thing: hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
