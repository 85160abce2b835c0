import { describe, expect, it } from "vitest";
import type { Day } from "../api/figure-schemas.ts";
import { createDirectory } from "../directory.ts";
import { share, total, totalOf, unitsOf } from "./figure-sums.ts";
import {
  answersText,
  bookingsText,
  casesText,
  contactsText,
  durationText,
  figureText,
  solvedText,
  unitsText,
} from "./figure-words.ts";

const units = [{ id: "bygglov", name: "Bygglov", department: "x", authorities: [], secret: false }];
const directory = createDirectory(
  {
    serviceCentre: { id: "sc", name: "SC" },
    urgent: { name: "Socialjouren", phone: "070-174 06 20" },
    units,
  },
  "SC",
);
const days: readonly Day[] = [
  {
    date: "2026-11-23",
    figures: {
      "contacts/email": 5,
      "contacts/phone": 1,
      "solved/service-centre": 2,
      "solved/with-units": 1,
      "first-answers": 3,
      "first-answers-within-promise": 2,
      "first-answer-minutes": 600,
      "assignments-sent/bygglov": 2,
      "assignments-answered/bygglov": 1,
      "assignments-answered-in-time/bygglov": 1,
      "assignments-returned/bygglov": 1,
      "bookings/public": 3,
      "bookings/internal": 1,
      "bookings-cancelled/citizen": 1,
      "bookings-cancelled/staff": 1,
      "bookings-missed": 1,
    },
  },
  { date: "2026-11-24", figures: { "contacts/email": 1, opened: 1, closed: 2 } },
];

it("adds up", () => {
  expect(total(days, "contacts/email")).toBe(6);
  expect(totalOf(days, "contacts")).toBe(7);
  expect(unitsOf(days)).toEqual(["bygglov"]);
  expect([share(2, 3), share(1, 0)]).toEqual(["67 %", "–"]);
});

describe("the findings", () => {
  it("say what happened, in a sentence", () => {
    expect(contactsText(days)).toBe("1 kontakt har kommit in i dag, och 7 på 2 dagar. Vanligast är e-post.");
    expect(casesText(days, 4)).toBe("I dag har 1 ärende öppnats och 2 avslutats. 4 ärenden är öppna nu.");
    expect(solvedText(days)).toBe("Servicecentret löste 2 av 3 avslutade ärenden på egen hand (67 %).");
    expect(answersText(days)).toBe(
      "2 av 3 första svar kom inom den tid vi lovat (67 %). I snitt tog det 3 tim 20 min, räknat dygnet runt.",
    );
    expect(unitsText(days, directory)).toBe(
      "2 uppdrag är skickade och 1 besvarat, 1 av dem i tid. Uppdrag har kommit tillbaka från Bygglov.",
    );
  });

  it("say how much was booked and what came to nothing", () => {
    expect(bookingsText(days)).toBe(
      "4 tider är bokade på 2 dagar, 3 av invånare själva (75 %). 2 avbokades och till 1 kom ingen.",
    );
  });

  it("say that there is nothing", () => {
    const none = [{ date: "2026-11-24", figures: {} }];
    expect(contactsText(none)).toBe("Inga kontakter har kommit in under perioden.");
    expect(solvedText(none)).toBe("Inget ärende har avslutats under perioden.");
    expect(answersText(none)).toBe("Inga första svar har getts under perioden.");
    expect(bookingsText(none)).toBe("Ingen tid har bokats under perioden.");
    expect(unitsText(none, directory)).toBe("Inga uppdrag har skickats till enheterna under perioden.");
    expect(casesText(none, 1)).toBe("I dag har 0 ärenden öppnats och 0 avslutats. 1 ärende är öppet nu.");
  });
});

it.each([
  ["contacts/phone", "Kontakter: Telefon"],
  ["closed/answered", "Avslutade: besvarat"],
  ["assignments-sent/bygglov", "Uppdrag till Bygglov"],
  ["bookings-with/bygglov", "Bokningar hos Bygglov"],
  ["bookings-cancelled/citizen", "Avbokade av invånare"],
  ["something/new", "something/new"],
])("calls %s: %s", (figure, words) => {
  expect(figureText(figure, directory)).toBe(words);
});

it.each([
  [0.4, "0 min"],
  [59, "59 min"],
  [60, "1 tim"],
  [200, "3 tim 20 min"],
  [1440, "1 dygn"],
  [3120, "2 dygn 4 tim"],
])("says %d minutes as %s", (minutes, words) => {
  expect(durationText(minutes)).toBe(words);
});
