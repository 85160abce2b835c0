const PATHS = {
  mail: "M3 5h18v14H3zM3 6l9 7 9-7",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17v.6",
  check: "M4.5 12.5 10 18 20 6.5",
  question: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.4 9.6a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1 .8-1 1.6M12 16.6v.6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V12l3 2",
  clip: "M8 12.5 14 6.5a3 3 0 0 1 4.2 4.2l-8 8a5 5 0 0 1-7-7l7.5-7.6",
  back: "M19 12H5M11 6l-6 6 6 6",
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
