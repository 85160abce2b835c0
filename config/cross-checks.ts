import * as z from "zod";

/** One fault: where it is in the file, and what to do about it. */
export type Fault = { path: readonly PropertyKey[]; message: string };

// Only what is compared, and never a fault of its own: the strict schema has said what has the wrong shape.
const word = z.string().catch("");
const list = z.array(z.unknown()).catch([]);
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((raw) => (typeof raw === "object" && raw !== null ? raw : {}), z.object(shape));
const parts = <Shape extends z.ZodRawShape>(shape: Shape) => list.pipe(z.array(part(shape)));

const comparedSchema = part({
  mail: part({ domain: word, subdomain: word, official: word, internal: word }),
  serviceCentre: part({ unit: word, calendar: word, phoneCalendar: word }),
  authorities: parts({ id: word }),
  departments: parts({ id: word, authorities: list.pipe(z.array(word)) }),
  units: parts({
    id: word,
    department: word,
    mailbox: word,
    calendar: word,
    phoneCalendar: word,
    standIn: word,
  }),
  districts: parts({ id: word }),
  places: parts({
    id: word,
    district: word,
    calendar: word,
    rooms: parts({ id: word }),
    floors: parts({ number: z.unknown(), units: list.pipe(z.array(word)) }),
    items: parts({ id: word, kind: word, room: word }),
  }),
  booking: part({ services: parts({ id: word, unit: word, places: list.pipe(z.array(word)) }) }),
  calendars: z.record(z.string(), z.unknown()).catch({}),
  languages: list.pipe(z.array(word)),
  colours: part({ primary: word }),
});
type Compared = z.infer<typeof comparedSchema>;

/** Faults that show only when two places of the file are compared. An empty word is a fault already told. */
export function crossFaults(raw: unknown): Fault[] {
  const file = comparedSchema.parse(raw);
  return [
    ...references(file),
    ...duplicates("id", [
      file.authorities.map(({ id }, i) => ({ value: id, path: ["authorities", i, "id"] })),
      file.departments.map(({ id }, i) => ({ value: id, path: ["departments", i, "id"] })),
      [
        { value: file.serviceCentre.unit, path: ["serviceCentre", "unit"] },
        ...file.units.map(({ id }, i) => ({ value: id, path: ["units", i, "id"] })),
      ],
      file.districts.map(({ id }, i) => ({ value: id, path: ["districts", i, "id"] })),
      file.places.map(({ id }, i) => ({ value: id, path: ["places", i, "id"] })),
      file.places.flatMap(({ rooms }, i) =>
        rooms.map(({ id }, j) => ({ value: id, path: ["places", i, "rooms", j, "id"] })),
      ),
      file.places.flatMap(({ items }, i) =>
        items.map(({ id }, j) => ({ value: id, path: ["places", i, "items", j, "id"] })),
      ),
      file.booking.services.map(({ id }, i) => ({ value: id, path: ["booking", "services", i, "id"] })),
      file.languages.map((value, i) => ({ value, path: ["languages", i] })),
    ]),
    // A visitor of a unit is sent to its one floor.
    ...duplicates(
      "unit of a floor",
      file.places.map(({ floors }, i) =>
        floors.flatMap(({ units }, j) =>
          units.map((value, k) => ({ value, path: ["places", i, "floors", j, "units", k] })),
        ),
      ),
    ),
    ...duplicates(
      "floor",
      file.places.map(({ floors }, i) =>
        floors.map(({ number }, j) => ({
          value: String(number),
          path: ["places", i, "floors", j, "number"],
        })),
      ),
    ),
    ...duplicates("address", [addresses(file)]),
    ...file.places.flatMap(lending),
    ...domains(file),
    ...contrast(file),
  ];
}

function references(file: Compared): Fault[] {
  const ids = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));
  const [authorities, departments, units, districts] = [
    ids(file.authorities),
    ids(file.departments),
    ids(file.units),
    ids(file.districts),
  ];
  const calendars = new Set(Object.keys(file.calendars));
  const found = (list: string, known: Set<string>, value: string, path: PropertyKey[]): Fault[] =>
    value === "" || known.has(value)
      ? []
      : [{ path, message: `no "${value}" in ${list}; add it there or name another` }];
  return [
    ...file.departments.flatMap(({ authorities: named }, i) =>
      named.flatMap((value, j) =>
        found("authorities", authorities, value, ["departments", i, "authorities", j]),
      ),
    ),
    ...file.units.flatMap((unit, i) => [
      ...found("departments", departments, unit.department, ["units", i, "department"]),
      ...found("calendars", calendars, unit.calendar, ["units", i, "calendar"]),
      ...found("calendars", calendars, unit.phoneCalendar, ["units", i, "phoneCalendar"]),
      ...found("units", units, unit.standIn, ["units", i, "standIn"]),
      ...(unit.standIn !== "" && unit.standIn === unit.id
        ? [{ path: ["units", i, "standIn"], message: "a unit cannot stand in for itself; name another" }]
        : []),
    ]),
    ...found("calendars", calendars, file.serviceCentre.calendar, ["serviceCentre", "calendar"]),
    ...found("calendars", calendars, file.serviceCentre.phoneCalendar, ["serviceCentre", "phoneCalendar"]),
    ...file.places.flatMap(({ district, calendar, floors }, i) => [
      ...found("districts", districts, district, ["places", i, "district"]),
      ...found("calendars", calendars, calendar, ["places", i, "calendar"]),
      ...floors.flatMap(({ units: named }, j) =>
        named.flatMap((value, k) => found("units", units, value, ["places", i, "floors", j, "units", k])),
      ),
    ]),
    ...file.booking.services.flatMap(({ unit, places }, i) => [
      ...found("units", new Set([...units, file.serviceCentre.unit]), unit, [
        "booking",
        "services",
        i,
        "unit",
      ]),
      ...places.flatMap((place, j) =>
        found("places", ids(file.places), place, ["booking", "services", i, "places", j]),
      ),
    ]),
  ];
}

/** What is lent is due while its place is open, and a key opens a room of its own place. */
function lending({ calendar, rooms, items }: Compared["places"][number], i: number): Fault[] {
  const closed = items.length > 0 && calendar === "";
  return [
    ...(closed
      ? [{ path: ["places", i, "items"], message: "lends and is never open; name the place's calendar" }]
      : []),
    ...items.flatMap(({ kind, room }, j): Fault[] => {
      const path = ["places", i, "items", j, "room"];
      if (room === "") return [];
      if (kind !== "key") return [{ path, message: "only a key opens a room; leave it out" }];
      return rooms.some(({ id }) => id === room)
        ? []
        : [{ path, message: `no "${room}" in the place's rooms; add it there or name another` }];
    }),
  ];
}

type Placed = { value: string; path: PropertyKey[] };

function duplicates(what: string, lists: Placed[][]): Fault[] {
  return lists.flatMap((list) =>
    list
      .filter(({ value }, i) => value !== "" && list.findIndex((other) => other.value === value) < i)
      .map(({ value, path }) => ({ path, message: `${what} "${value}" is used twice; give each its own` })),
  );
}

function addresses(file: Compared): Placed[] {
  return [
    { value: file.mail.official, path: ["mail", "official"] },
    { value: file.mail.internal, path: ["mail", "internal"] },
    ...file.units.map(({ mailbox }, i) => ({ value: mailbox, path: ["units", i, "mailbox"] })),
  ];
}

function domains(file: Compared): Fault[] {
  const { domain, subdomain } = file.mail;
  if (domain === "") return [];
  const outside = addresses(file)
    .filter(({ value }) => value.includes("@") && !value.endsWith(`@${domain}`))
    .map(({ path }) => ({ path, message: `is outside mail.domain; write …@${domain}` }));
  if (subdomain === "" || subdomain.endsWith(`.${domain}`)) return outside;
  return [...outside, { path: ["mail", "subdomain"], message: `is not below ${domain}; write in.${domain}` }];
}

/** WCAG 2.2 AA for text: at least 4.5 to 1 between the colour and white. */
function contrast(file: Compared): Fault[] {
  const { primary } = file.colours;
  if (!/^#[0-9a-f]{6}$/.test(primary)) return [];
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(primary.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  const ratio = 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
  if (ratio >= 4.5) return [];
  return [
    {
      path: ["colours", "primary"],
      message: `white text on it has contrast ${ratio.toFixed(1)}; choose a darker colour (4.5 or more)`,
    },
  ];
}
