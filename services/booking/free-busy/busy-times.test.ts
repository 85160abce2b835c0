import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { invitation } from "../invitation/ics.ts";
import { busyTimes } from "./busy-times.ts";

const monday = new Date("2026-11-22T23:00:00Z");
const nextMonday = new Date("2026-11-29T23:00:00Z");

function calendar(...lines: readonly string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

let made = 0;
function meeting(...lines: readonly string[]): string {
  made += 1;
  const uid = lines.some((line) => line.startsWith("UID:")) ? [] : [`UID:${made}`];
  return ["BEGIN:VEVENT", ...uid, "DTSTAMP:20261101T000000Z", "SUMMARY:Hemligt", ...lines, "END:VEVENT"].join(
    "\r\n",
  );
}

/** Each stretch as two instants of the UTC clock, without seconds. */
function busy(text: string, from = monday, to = nextMonday): unknown {
  const times = busyTimes(text, from, to);
  if (isRefused(times)) return times;
  const short = (date: Date) => date.toISOString().slice(0, 16);
  return times.map((time) => `${short(time.from)}/${short(time.to)}`);
}

const stockholm = "TZID=Europe/Stockholm";

describe("a meeting", () => {
  test.each([
    ["in Swedish time", [`DTSTART;${stockholm}:20261124T100000`, `DTEND;${stockholm}:20261124T110000`]],
    ["in UTC", ["DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"]],
    ["in no zone", ["DTSTART:20261124T100000", "DTEND:20261124T110000"]],
    ["in a zone that nobody knows", ["DTSTART;TZID=Oz/Emerald:20261124T100000", "DURATION:PT1H"]],
    ["in Finnish time", ["DTSTART;TZID=Europe/Helsinki:20261124T110000", "DURATION:PT60M"]],
    ["from one zone to another", ["DTSTART;TZID=Asia/Tokyo:20261124T180000", "DTEND:20261124T100000Z"]],
    ["that is tentative", ["STATUS:TENTATIVE", "DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"]],
    ["with lines folded", ["DTSTART;TZID=Europe/Stoc", " kholm:20261124T1000", "\t00", "DURATION:PT1H"]],
    ["with small letters", ["dtstart:20261124T090000Z", "dtend:20261124T100000Z", "status:confirmed"]],
    ["with a title that broke", ["DTSTART:20261124T090000Z", "SUMMARY:a", "b", "", "DTEND:20261124T100000Z"]],
  ])("%s is busy", (_what, lines) => {
    expect(busy(calendar(meeting(...lines)))).toEqual(["2026-11-24T09:00/2026-11-24T10:00"]);
  });

  test.each([
    ["that is cancelled", ["STATUS:CANCELLED", "DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"]],
    ["that is transparent", ["TRANSP:TRANSPARENT", "DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"]],
    ["of no length", ["DTSTART:20261124T090000Z"]],
    ["that ends before it begins", ["DTSTART:20261124T090000Z", "DTEND:20261124T080000Z"]],
    ["of a negative length", ["DTSTART:20261124T090000Z", "DURATION:-PT1H"]],
    ["of another week", ["DTSTART:20261204T090000Z", "DTEND:20261204T100000Z"]],
    ["that ends when the week begins", ["DTSTART:20261122T220000Z", "DTEND:20261122T230000Z"]],
    ["that is nowhere", ["SUMMARY:x"]],
  ])("%s is free", (_what, lines) => {
    expect(busy(calendar(meeting(...lines)))).toEqual([]);
  });

  test("in a zone of the calendar's own goes by what the calendar says", () => {
    const zone = [
      "BEGIN:VTIMEZONE",
      "TZID:FLE Standard Time",
      ...["BEGIN:STANDARD", "DTSTART:16010101T040000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200"],
      ...["RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD"],
      ...["BEGIN:DAYLIGHT", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300"],
      ...["RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT"],
      "END:VTIMEZONE",
    ];
    const text = calendar(
      ...zone,
      meeting('DTSTART;TZID="FLE Standard Time":20261124T110000', "DURATION:PT1H"),
      meeting('DTSTART;TZID="FLE Standard Time":20260703T110000', "DURATION:PT1H"),
    );
    expect(busy(text)).toEqual(["2026-11-24T09:00/2026-11-24T10:00"]);
    expect(busy(text, new Date("2026-07-01T00:00:00Z"), new Date("2026-07-08T00:00:00Z"))).toEqual([
      "2026-07-03T08:00/2026-07-03T09:00",
    ]);
  });

  test.each([
    ["no changes", []],
    ["a change every second", ["BEGIN:STANDARD", "DTSTART:20200101T000000", "RRULE:FREQ=SECONDLY"]],
    ["sixty changes a year", ["BEGIN:STANDARD", "DTSTART:20200101T000000", "RRULE:FREQ=YEARLY;BYSECOND=1,2"]],
  ])("in a zone of %s is in Swedish time", (_what, lines) => {
    const close = lines.length === 0 ? [] : ["TZOFFSETFROM:+0500", "TZOFFSETTO:+0600", "END:STANDARD"];
    const zone = ["BEGIN:VTIMEZONE", "TZID:Mine", ...lines, ...close, "END:VTIMEZONE"];
    const text = calendar(...zone, meeting("DTSTART;TZID=Mine:20261124T100000", "DURATION:PT1H"));
    expect(busy(text)).toEqual(["2026-11-24T09:00/2026-11-24T10:00"]);
  });

  test("our own invitation is busy, and free again when it is called off", () => {
    const booked = {
      uid: "b7c1@example.se",
      sequence: 0,
      method: "REQUEST" as const,
      start: new Date("2026-11-24T09:00:00Z"),
      end: new Date("2026-11-24T10:00:00Z"),
      summary: "Bokat möte",
      organizer: { address: "kommunen@example.se" },
      attendee: { address: "asa@example.org" },
      stamp: monday,
    };
    expect(busy(invitation(booked))).toEqual(["2026-11-24T09:00/2026-11-24T10:00"]);
    expect(busy(invitation({ ...booked, method: "CANCEL", sequence: 1 }))).toEqual([]);
  });
});

describe("whole days", () => {
  test("are days in Sweden, whether they have an end or not", () => {
    const text = calendar(
      meeting("DTSTART;VALUE=DATE:20261124"),
      meeting("DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261128"),
      meeting("DTSTART;VALUE=DATE:20261129", "DURATION:P1D"),
    );
    expect(busy(text)).toEqual([
      "2026-11-23T23:00/2026-11-24T23:00",
      "2026-11-25T23:00/2026-11-27T23:00",
      "2026-11-28T23:00/2026-11-29T23:00",
    ]);
  });

  test("are 23 hours long when the clocks go forward, and 25 when they go back", () => {
    const text = calendar(
      meeting("DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329"),
      meeting("DTSTART;VALUE=DATE:20261025"),
    );
    expect(busy(text, new Date("2026-10-01T00:00:00Z"), new Date("2027-04-01T00:00:00Z"))).toEqual([
      "2026-10-24T22:00/2026-10-25T23:00",
      "2027-03-27T23:00/2027-03-28T22:00",
    ]);
  });

  test("of every year, less one", () => {
    const text = calendar(
      meeting("DTSTART;VALUE=DATE:20101124", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20251124"),
    );
    const years = (from: string, to: string) => busy(text, new Date(from), new Date(to));
    expect(years("2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual([
      "2024-11-23T23:00/2024-11-24T23:00",
      "2026-11-23T23:00/2026-11-24T23:00",
    ]);
  });
});

describe("the hours of the change of clocks", () => {
  test.each([
    ["that never was", "20270328T023000", "2027-03-28T01:30"],
    ["that was twice, the first time", "20261025T023000", "2026-10-25T00:30"],
    ["before", "20270328T013000", "2027-03-28T00:30"],
    ["after", "20270328T033000", "2027-03-28T01:30"],
    ["after the second", "20261025T033000", "2026-10-25T02:30"],
  ])("%s", (_what, wall, from) => {
    const text = calendar(meeting(`DTSTART;${stockholm}:${wall}`, "DURATION:PT30M"));
    const [only] = busy(text, new Date("2026-10-01T00:00:00Z"), new Date("2027-04-01T00:00:00Z")) as string[];
    expect(only?.slice(0, 16)).toBe(from);
  });
});

describe("a series", () => {
  const series = [`DTSTART;${stockholm}:20211123T100000`, `DTEND;${stockholm}:20211123T113000`];

  test("of every week, begun five years ago, is at the same hour on the wall", () => {
    const text = calendar(meeting(...series, "RRULE:FREQ=WEEKLY;BYDAY=TU"));
    expect(busy(text)).toEqual(["2026-11-24T09:00/2026-11-24T10:30"]);
    expect(busy(text, new Date("2026-10-19T00:00:00Z"), new Date("2026-10-31T00:00:00Z"))).toEqual([
      "2026-10-20T08:00/2026-10-20T09:30",
      "2026-10-27T09:00/2026-10-27T10:30",
    ]);
  });

  const days = [`DTSTART;${stockholm}:20261123T100000`, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"];
  const [mon, tue, wed, thu] = ["23", "24", "25", "26"].map(
    (day) => `2026-11-${day}T09:00/2026-11-${day}T10:00`,
  );

  test.each([
    ["whole", [], [mon, tue, wed, thu]],
    ["but one, named in Swedish time", [`EXDATE;${stockholm}:20261124T100000`], [mon, wed, thu]],
    ["but one, named in UTC", ["EXDATE:20261124T090000Z"], [mon, wed, thu]],
    ["but two in one line", [`EXDATE;${stockholm}:20261124T100000,20261125T100000`], [mon, thu]],
    ["but one, named by its day", ["EXDATE;VALUE=DATE:20261124"], [mon, wed, thu]],
    ["but none at another hour", [`EXDATE;${stockholm}:20261124T110000`], [mon, tue, wed, thu]],
    [
      "and one more, and one with an end of its own",
      [
        "RDATE:20261127T090000Z",
        "RDATE;VALUE=PERIOD:20261128T090000Z/PT15M,20261129T090000Z/20261129T091000Z",
      ],
      [
        ...[mon, tue, wed, thu, "2026-11-27T09:00/2026-11-27T10:00"],
        ...["2026-11-28T09:00/2026-11-28T09:15", "2026-11-29T09:00/2026-11-29T09:10"],
      ],
    ],
  ])("%s", (_what, lines, expected) => {
    expect(busy(calendar(meeting(...days, ...lines)))).toEqual(expected);
  });

  test.each([
    ["in UTC", "20261125T090000Z", [mon, tue, wed]],
    ["just before the last", "20261125T085959Z", [mon, tue]],
    ["a day, which means all of it", "20261125", [mon, tue, wed]],
    ["in Swedish time", "20261125T100000", [mon, tue, wed]],
    ["before the first", "20201125", []],
  ])("until an instant %s", (_what, until, expected) => {
    const [start = "", length = ""] = days;
    expect(busy(calendar(meeting(start, length, `RRULE:FREQ=DAILY;UNTIL=${until}`)))).toEqual(expected);
  });

  test.each([
    [
      "moved",
      ["DTSTART:20261124T120000Z", "DURATION:PT30M"],
      [mon, "2026-11-24T12:00/2026-11-24T12:30", wed, thu],
    ],
    ["cancelled", ["DTSTART:20261124T090000Z", "DURATION:PT1H", "STATUS:CANCELLED"], [mon, wed, thu]],
    ["set free", ["DTSTART:20261124T090000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"], [mon, wed, thu]],
    ["moved out of the week", ["DTSTART:20261224T090000Z", "DURATION:PT1H"], [mon, wed, thu]],
  ])("of which one is %s", (_what, lines, expected) => {
    const one = meeting("UID:series", "RECURRENCE-ID:20261124T090000Z", ...lines);
    expect(busy(calendar(one, meeting("UID:series", ...days)))).toEqual(expected);
    expect(busy(calendar(meeting("UID:series", ...days), one))).toEqual(expected);
    expect(busy(calendar(meeting("UID:another", ...days), one))).toEqual(expect.arrayContaining([tue]));
  });

  test.each([
    ["FREQ=DAILY;COUNT=23", "20261101T100000", ["2026-11-23T09:00/2026-11-23T10:00"]],
    ["FREQ=DAILY;COUNT=22", "20261101T100000", []],
    ["FREQ=MONTHLY;BYDAY=4TU", "20260127T100000", ["2026-11-24T09:00/2026-11-24T10:00"]],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", "20260131T100000", []],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "20211122T100000", []],
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
      "20211115T100000",
      ["2026-11-23T09:00/2026-11-23T10:00", "2026-11-27T09:00/2026-11-27T10:00"],
    ],
  ])("%s", (rule, start, expected) => {
    expect(
      busy(calendar(meeting(`DTSTART;${stockholm}:${start}`, "DURATION:PT1H", `RRULE:${rule}`))),
    ).toEqual(expected);
  });

  test("that is old gives what going through all of it gives", () => {
    const rules = fc.record({
      freq: fc.constantFrom("HOURLY", "DAILY", "WEEKLY"),
      interval: fc.integer({ min: 1, max: 7 }),
      days: fc.subarray(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
      start: fc.date({ min: new Date("2026-02-01"), max: new Date("2026-12-31"), noInvalidDate: true }),
      minutes: fc.integer({ min: 1, max: 3_000 }),
    });
    fc.assert(
      fc.property(rules, ({ freq, interval, days: named, start, minutes }) => {
        const wall = start.toISOString().slice(0, 19).replace(/[-:]/g, "");
        const byDay = named.length === 0 ? "" : `;BYDAY=${named.join(",")}`;
        const lines = [`DTSTART;${stockholm}:${wall}`, `DURATION:PT${minutes}M`];
        const rule = `RRULE:FREQ=${freq};INTERVAL=${interval}${byDay}`;
        const through = busy(calendar(meeting(...lines, `${rule};COUNT=20000`)));
        expect(busy(calendar(meeting(...lines, rule)))).toEqual(through);
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

test("stated busy times are busy by their kind", () => {
  const text = calendar(
    "BEGIN:VFREEBUSY",
    "FREEBUSY:20261124T090000Z/PT1H,20261124T120000Z/20261124T130000Z",
    "FREEBUSY;FBTYPE=FREE:20261125T090000Z/PT1H",
    "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261126T090000Z/P1D",
    "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261128T090000Z/PT15M",
    "END:VFREEBUSY",
  );
  expect(busy(text)).toEqual([
    "2026-11-24T09:00/2026-11-24T10:00",
    "2026-11-24T12:00/2026-11-24T13:00",
    "2026-11-26T09:00/2026-11-27T09:00",
    "2026-11-28T09:00/2026-11-28T09:15",
  ]);
});

test("what overlaps or touches is one stretch, cut at the ends", () => {
  const hour = (from: string, hours: number) => meeting(`DTSTART:${from}`, `DURATION:PT${hours}H`);
  const text = calendar(
    ...[hour("20261124T110000Z", 1), hour("20261124T090000Z", 2), hour("20261124T093000Z", 1)],
    ...[hour("20261122T200000Z", 5), hour("20261129T220000Z", 48)],
  );
  expect(busy(text)).toEqual([
    "2026-11-22T23:00/2026-11-23T01:00",
    "2026-11-24T09:00/2026-11-24T12:00",
    "2026-11-29T22:00/2026-11-29T23:00",
  ]);
});

test("only what is a meeting counts: no tasks, no reminders", () => {
  const alarm = ["BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT9H", "END:VALARM"];
  const text = calendar(
    meeting("DTSTART:20261124T090000Z", "DTEND:20261124T100000Z", ...alarm),
    ...["BEGIN:VTODO", "DTSTART:20261125T090000Z", "DURATION:PT1H", "END:VTODO"],
  );
  expect(busy(text)).toEqual(["2026-11-24T09:00/2026-11-24T10:00"]);
});

test("several calendars in one text are read together", () => {
  const one = (day: string) => calendar(meeting(`DTSTART:202611${day}T090000Z`, "DURATION:PT1H"));
  expect(busy(`\uFEFF${one("24")}${one("25")}`)).toHaveLength(2);
});

describe("what is no calendar is refused", () => {
  const whole = calendar(meeting("DTSTART:20261124T090000Z", "DURATION:PT1H"));
  const ruled = (rule: string) =>
    calendar(meeting("DTSTART:20261124T090000Z", "DURATION:PT1H", `RRULE:${rule}`));
  test.each([
    ["nothing", ""],
    ["a page", "<!doctype html><p>Logga in: BEGIN:VCALENDAR</p>"],
    ["bytes", "\u0000\u0001\uFFFD"],
    ["a card", "BEGIN:VCARD\r\nUID:x\r\nEND:VCARD"],
    ["half a calendar", whole.slice(0, whole.indexOf("DURATION"))],
    ["a start that is no time", calendar(meeting("DTSTART:i morgon", "DURATION:PT1H"))],
    ["a start that is no date", calendar(meeting("DTSTART:20269924T090000Z", "DURATION:PT1H"))],
    ["a length that is none", calendar(meeting("DTSTART:20261124T090000Z", "DURATION:länge"))],
    ["a rule of no kind", ruled("FREQ=OFTEN")],
    ["a rule without a kind", ruled("COUNT=3")],
    ["a rule that contradicts itself", ruled("FREQ=WEEKLY;BYMONTHDAY=3")],
    ["a rule that is none", ruled("ofta")],
    ["a period that is none", calendar("BEGIN:VFREEBUSY", "FREEBUSY:x", "END:VFREEBUSY")],
  ])("%s", (_what, text) => {
    expect(busy(text)).toEqual({ refused: "not-a-calendar" });
  });

  test("whatever comes", () => {
    const lines = fc.constantFrom(
      ...["DTSTART:20261124T090000Z", "DTEND:20261124T100000Z", "RRULE:FREQ=DAILY;COUNT=3", "BEGIN:VEVENT"],
      ...[
        "END:VEVENT",
        "BEGIN:VTIMEZONE",
        "RDATE:",
        "EXDATE:,",
        "TZID:",
        "RRULE:",
        "DURATION:P",
        "UID",
        "END:",
      ],
      ...[
        "RECURRENCE-ID;TZID=:20261124",
        "FREEBUSY:/",
        "DTSTART;TZID=__proto__:20261124T090000",
        "DTSTART;:",
      ],
    );
    const text = fc.oneof(lines, fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (some) => {
        const times = busyTimes(calendar(...some), monday, nextMonday);
        expect(isRefused(times) ? "refused" : Array.isArray(times)).toBeOneOf(["refused", true]);
      }),
      { numRuns: 500 },
    );
  }, 30_000);
});

describe("what would take too long is refused in time", () => {
  const ruled = (rule: string) => meeting("DTSTART:20200101T090000Z", "DURATION:PT1S", `RRULE:${rule}`);
  const many = (count: number, rule: string) => calendar(...Array.from({ length: count }, () => ruled(rule)));
  test.each([
    ["20 MB", () => calendar(meeting(`SUMMARY:${"x".repeat(20_000_000)}`))],
    ["20 001 meetings", () => many(20_001, "FREQ=DAILY")],
    ["a meeting each second", () => many(1, "FREQ=SECONDLY")],
    ["a meeting each second, counted", () => many(1, "FREQ=SECONDLY;COUNT=999999999")],
    ["a meeting each minute of the week, without end", () => many(1, "FREQ=MINUTELY")],
    ["a day that never comes", () => many(1, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")],
    ["a step past all counting", () => many(1, "FREQ=DAILY;INTERVAL=999999999999")],
  ])(
    "%s",
    (_what, text) => {
      const hostile = text();
      const started = performance.now();
      expect(busy(hostile)).toEqual({ refused: "calendar-too-large" });
      expect(performance.now() - started).toBeLessThan(10_000);
    },
    30_000,
  );

  test("10 000 meetings, each of its own week for five years, are read", () => {
    const text = calendar(
      ...Array.from({ length: 10_000 }, (_, n) => {
        const minute = String(n % 60).padStart(2, "0");
        const lines = [`DTSTART;${stockholm}:20211123T10${minute}00`, "DURATION:PT1M"];
        return meeting(...lines, `DESCRIPTION:${"lång ".repeat(40)}`, "RRULE:FREQ=WEEKLY");
      }),
    );
    expect(busy(text)).toEqual(["2026-11-24T09:00/2026-11-24T10:00"]);
  }, 30_000);
});
