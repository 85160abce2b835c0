import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkMunicipality, loadMailTexts, loadMunicipality, redDays } from "./load.ts";

const demo = loadMunicipality("demo");
const { redDays: compiled, mailTexts, ...written } = demo;

/** The lines that the demo file is refused with when the values at some places are others; undefined removes one. */
function faults(changes: Record<string, unknown>): string[] {
  const file = structuredClone(written);
  for (const [path, value] of Object.entries(changes)) put(file, path.split(/[.[\]]+/), value);
  try {
    checkMunicipality(file, "config/demo.json");
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split("\n");
  }
}

function put(target: object, [key = "", ...rest]: string[], value: unknown): void {
  if (rest.length > 0) put(Reflect.get(target, key), rest, value);
  else if (value === undefined) Reflect.deleteProperty(target, key);
  else Reflect.set(target, key, value);
}

test("times are kept for staff only of a service whose people can be counted", () => {
  const premises = demo.booking.services.findIndex(({ needs }) => !needs.person);
  expect(faults({ [`booking.services.${premises}.keptForStaff`]: 1 }).join("\n")).toMatch(
    /keptForStaff.*needs a person/,
  );
  expect(faults({ "booking.services.0.keptForStaff": 1 })).toEqual([]);
});

test("a guest host sees one party at a time", () => {
  const guest = { name: "Energirådgivaren" };
  const at = (fits: (service: (typeof demo.booking.services)[number]) => boolean) =>
    `booking.services.${demo.booking.services.findIndex(fits)}.guestHost`;
  expect(faults({ [at(({ needs }) => !needs.person)]: guest }).join("\n")).toMatch(/guestHost.*needs.person/);
  expect(faults({ [at(({ seats }) => seats > 1)]: guest }).join("\n")).toMatch(/guestHost.*seats to 1/);
  expect(faults({ "booking.services.0.guestHost": guest })).toEqual([]);
});

describe("the demo municipality", () => {
  test("has its fifteen units, two companies and year one's cost shares", () => {
    expect(demo.units).toHaveLength(15);
    expect(demo.authorities.filter(({ kind }) => kind === "municipalCompany")).toHaveLength(2);
    expect(demo.departments.flatMap(({ costShareTkr = 0 }) => costShareTkr).reduce((a, b) => a + b)).toBe(
      2700,
    );
  });

  test("has a telephone number of its own for each purpose, all from the series set aside for fiction", () => {
    const numbers = [
      demo.serviceCentre.phone,
      ...demo.units.flatMap(({ supportPhone, onCallPhone }) => [supportPhone, onCallPhone]),
    ];
    expect(new Set(numbers).size).toBe(31);
    for (const number of numbers) expect(number).toMatch(/^070-174 06 (0[5-9]|[1-9]\d)$/);
  });

  test("treats everything at social services as secret until somebody has read it", () => {
    const secret = demo.units.filter(({ secrecyDefault }) => secrecyDefault === "secret");
    expect(secret.map(({ department }) => department)).toEqual(Array(3).fill("socialforvaltningen"));
  });
});

describe("a faulty file", () => {
  test("is told every fault at once, each with its place", () => {
    expect(
      faults({
        "mail.official": "kommunen@example.com",
        "units[3].mailbox": "HR@example.se",
        "units[4].reader": undefined,
        "units[5].reader": { kind: "own-system", principalArn: "*" },
        "units[6].colour": "red",
        "caseNumber.prefix": undefined,
        "departments[0].authorities": ["kommunfullmaktige"],
      }),
    ).toEqual([
      "config/demo.json: units[3].mailbox: write the address in lower case",
      expect.stringContaining("config/demo.json: units[4].reader: say who reads the unit's queue"),
      "config/demo.json: units[5].reader.principalArn: write the ARN of one IAM role or user",
      "config/demo.json: units[6].colour: is not known here; correct the spelling or remove it",
      "config/demo.json: caseNumber.prefix: is missing",
      expect.stringContaining('config/demo.json: departments[0].authorities[0]: no "kommunfullmaktige"'),
      "config/demo.json: mail.official: is outside mail.domain; write …@example.se",
    ]);
  });

  test.each([
    ["a department that is not there", "units[0].department", "ks", 'no "ks" in departments'],
    ["a calendar that is not there", "units[0].calendar", "jul", 'no "jul" in calendars'],
    ["a stand-in that is not there", "units[0].standIn", "alla", 'no "alla" in units'],
    ["a unit that stands in for itself", "units[0].standIn", "vaxel", "a unit cannot stand in for itself"],
    ["a district that is not there", "places[0].district", "soder", 'no "soder" in districts'],
    ["an item twice", "places[0].items[1].id", "nyckel-ekbacken-1", 'id "nyckel-ekbacken-1" is used twice'],
    [
      "a key to another place's room",
      "places[0].items[0].room",
      "granhult-sal",
      'no "granhult-sal" in the place\'s rooms',
    ],
    ["a projector that opens a room", "places[0].items[2].room", "kommunhuset-ekbacken", "only a key opens"],
    ["a loan that is due at once", "places[0].lending.returnHours", 0, "Too small"],
    ["a floor twice", "places[0].floors[1].number", 2, 'floor "2" is used twice'],
    ["the same id twice", "units[1].id", "vaxel", 'id "vaxel" is used twice'],
    [
      "a unit with the servicecenter's id",
      "units[0].id",
      "servicecenter",
      'id "servicecenter" is used twice',
    ],
    [
      "an address twice",
      "units[0].mailbox",
      "kommunen@example.se",
      'address "kommunen@example.se" is used twice',
    ],
    ["a subdomain elsewhere", "mail.subdomain", "in.example.com", "is not below example.se"],
    ["white text on yellow", "colours.primary", "#ffdd00", "white text on it has contrast 1.3"],
    ["a time that is no time", "calendars.unit.week.mon[0].to", "24:00", "write a quarter of an hour"],
    [
      "a longer hold than SQS knows",
      "mail.acknowledgement.holdMinutes",
      16,
      "Too big: expected number to be <=15",
    ],
    ["a console without TLS", "console.url", "http://example.se", "Invalid URL"],
  ])("with %s is refused", (_, path, value, fault) => {
    expect(faults({ [path]: value })).toEqual(
      expect.arrayContaining([expect.stringContaining(`config/demo.json: ${path}: ${fault}`)]),
    );
  });

  test("with items where nothing is ever open is refused", () => {
    expect(faults({ "places[0].calendar": undefined })).toEqual([
      "config/demo.json: places[0].items: lends and is never open; name the place's calendar",
    ]);
  });

  test("with a unit on two floors of a house, or one that is not there, is refused", () => {
    expect(faults({ "places[0].floors[1].units": ["soc", "ifo-mottagning"] })).toEqual([
      'config/demo.json: places[0].floors[1].units[0]: no "soc" in units; add it there or name another',
      'config/demo.json: places[0].floors[1].units[1]: unit of a floor "ifo-mottagning" is used twice; give each its own',
    ]);
  });

  test("with a day that closes before it opens is refused", () => {
    expect(faults({ "calendars.unit.week.mon": [{ from: "08:00", to: "07:00" }] })).toEqual([
      "config/demo.json: calendars.unit.week.mon[0]: opens after it closes",
    ]);
  });

  describe("with a rule for some weeks", () => {
    const evenings = { weekday: "thu", from: "16:00", to: "18:00", validFrom: "2027-01-01" };
    const place = "config/demo.json: calendars.unit.rules[0]";

    test.each([
      ["that come in the first and third week of a month", { weeksOfMonth: [1, 3] }],
      ["that come every other week", { everyWeeks: 2, anchorMonday: "2026-12-28", validTo: "2027-01-01" }],
    ])("%s is right", (_, weeks) => {
      expect(faults({ "calendars.unit.rules": [{ ...evenings, ...weeks }] })).toEqual([]);
    });

    test.each([
      [
        "whose anchor is another day",
        { everyWeeks: 2, anchorMonday: "2026-12-29" },
        `${place}.anchorMonday: is not a Monday; write the Monday of a week in which it is open`,
      ],
      [
        "without an anchor",
        { everyWeeks: 2 },
        `${place}.anchorMonday: everyWeeks and anchorMonday belong together; write both or neither`,
      ],
      [
        "with an anchor for nothing",
        { weeksOfMonth: [1], anchorMonday: "2026-12-28" },
        `${place}.anchorMonday: everyWeeks and anchorMonday belong together; write both or neither`,
      ],
      ["of neither kind", {}, `${place}: say which weeks: everyWeeks with anchorMonday, or weeksOfMonth`],
      [
        "of both kinds",
        { everyWeeks: 2, anchorMonday: "2026-12-28", weeksOfMonth: [1] },
        `${place}: say which weeks: everyWeeks with anchorMonday, or weeksOfMonth`,
      ],
      ["that closes when it opens", { weeksOfMonth: [1], to: "16:00" }, `${place}: opens after it closes`],
      [
        "that ends before it begins",
        { weeksOfMonth: [1], validTo: "2026-12-31" },
        `${place}.validTo: ends before it begins`,
      ],
      [
        "with a date that is none",
        { weeksOfMonth: [1], validFrom: "2027-02-29" },
        `${place}.validFrom: write a date, such as 2027-01-04`,
      ],
      [
        "for a sixth week",
        { weeksOfMonth: [6] },
        `${place}.weeksOfMonth[0]: Too big: expected number to be <=5`,
      ],
      [
        "for every week of none",
        { everyWeeks: 0, anchorMonday: "2026-12-28" },
        `${place}.everyWeeks: Too small: expected number to be >=1`,
      ],
    ])("%s is refused", (_, weeks, fault) => {
      expect(faults({ "calendars.unit.rules": [{ ...evenings, ...weeks }] })).toEqual([fault]);
    });
  });

  test("that is no JSON, or no file, is told in one line", () => {
    const folder = mkdtempSync(join(tmpdir(), "servicecenter-config-"));
    writeFileSync(join(folder, "half.json"), '{"organisation":');
    expect(() => loadMunicipality("half", folder)).toThrow(/^config\/half\.json: is not JSON: [^\n]+$/);
    expect(() => loadMunicipality("none", folder)).toThrow(
      "config/none.json: cannot be read; there is half.json",
    );
    rmSync(folder, { recursive: true });
    expect(() => loadMunicipality("../demo", folder)).toThrow("config/../demo.json: write the name in a–z");
  });
});

describe("the mail texts", () => {
  test("are there for each language that the municipality answers in, one text of each file's lines", () => {
    expect(Object.keys(mailTexts)).toEqual(demo.languages);
    expect(mailTexts["sv"]?.acknowledgement.text).toContain("Hej!\n\nVi har tagit emot ditt mejl.");
  });

  test("hold their own language's words: no two languages are taken for each other", () => {
    const words = Object.values(mailTexts).flatMap(({ commonWords }) => commonWords);
    const shared = words.filter((word, place) => words.indexOf(word) !== place);
    expect(shared.length).toBeLessThanOrEqual(3);
  });

  /** What a language's file is refused with when one line of its acknowledgement is another. */
  function faultsOfTexts(line: string, instead: string): string[] {
    const folder = mkdtempSync(join(tmpdir(), "servicecenter-config-"));
    cpSync(join(import.meta.dirname, "mail-texts"), join(folder, "mail-texts"), { recursive: true });
    const file = join(folder, "mail-texts/sv.json");
    const text = readFileSync(file, "utf8");
    expect(text).toContain(line);
    writeFileSync(file, text.replace(line, instead));
    try {
      loadMailTexts(["sv", "fi"], folder);
      return [];
    } catch (error) {
      return String(error instanceof Error ? error.message : error).split("\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test.each([
    [
      "a placeholder that is not known",
      "Ring {phone}.",
      "Ring {telephone}.",
      [
        "config/mail-texts/sv.json: neutral.text: {telephone} is not known here; there is {caseNumber}, {organisation}, {serviceCentre}, {phone}, {openingHours}",
        "config/mail-texts/sv.json: neutral.text: {phone} is missing; write it in the text",
      ],
    ],
    [
      "no promised date",
      "Du får svar senast {promisedDate}.",
      "Du får svar.",
      ["config/mail-texts/sv.json: acknowledgement.text: {promisedDate} is missing; write it in the text"],
    ],
    [
      "a date where nothing may be told",
      "Vill du prata med oss?",
      "Du får svar senast {promisedDate}.",
      [expect.stringContaining("neutral.text: {promisedDate} is not known here")],
    ],
    [
      "a part that nobody reads",
      '"quoted"',
      '"footer": "Hej", "quoted"',
      ["config/mail-texts/sv.json: answer.footer: is not known here; correct the spelling or remove it"],
    ],
  ])("with %s are refused", (_, line, instead, expected) => {
    expect(faultsOfTexts(line, instead)).toEqual(expected);
  });

  test("of a language without a file are asked for by name", () => {
    expect(() => loadMailTexts(["sv", "se"])).toThrow(
      'config/mail-texts/se.json: is missing; write it after sv.json, or take "se" out of languages',
    );
  });
});

describe("red days", () => {
  test.each([
    ["2024-06-21", "midsommarafton"],
    ["2025-04-18", "långfredagen"],
    ["2026-04-06", "annandag påsk"],
    ["2026-05-14", "Kristi himmelsfärdsdag"],
    ["2026-06-06", "nationaldagen"],
    ["2026-06-19", "midsommarafton"],
    ["2026-10-31", "alla helgons dag"],
    ["2026-12-24", "julafton"],
    ["2027-12-31", "nyårsafton"],
    ["2038-04-25", "påskdagen, as late as it can be"],
  ])("%s is one: %s", (date) => {
    expect(compiled).toContain(date);
  });

  test.each([
    ["2026-11-01", "the Sunday after alla helgons dag"],
    ["2026-04-02", "skärtorsdagen"],
    ["2026-04-30", "valborgsmässoafton"],
    ["2026-05-25", "annandag pingst, abolished in 2005"],
    ["2026-12-13", "Lucia"],
  ])("%s is none: %s", (date) => {
    expect(compiled).not.toContain(date);
  });

  test("are sorted, without doubles, sixteen a year", () => {
    expect(compiled).toEqual([...new Set(compiled)].sort());
    for (let year = 2024; year <= 2040; year += 1) expect(redDays(year, year)).toHaveLength(16);
  });
});
