import { expect, it } from "vitest";
import {
  bookingStatus,
  confirmationText,
  createNames,
  emailFault,
  languagesOf,
  partyOf,
  readAloud,
  refusedText,
  seatsLeftText,
  toldText,
  whatText,
  whoText,
} from "./booking-words.ts";
import { barsOfDay } from "./coverage-math.ts";
import { faultText, flagText, refusedPublishing } from "./rota-words.ts";
import type { Booking, Person } from "./schemas.ts";
import { stretchOf, stretchText } from "./stretch.ts";

const names = createNames(
  [
    {
      id: "kommunhuset",
      name: "Kommunhuset",
      minimumStaff: 2,
      eveningsPerMonth: 0,
      rooms: [{ id: "r12", name: "Besöksrum 12", kind: "meeting", seats: 4, equipment: [] }],
      services: [
        {
          id: "bygglov",
          name: "Rådgivning om bygglov",
          unit: "bygglov",
          minutes: 45,
          visibility: "open",
          seats: 1,
          needs: { person: true },
          prepare: [],
        },
      ],
    },
  ],
  [person("eva", ["sv", "en"])],
);

function person(id: string, languages: string[]): Person {
  return {
    person: id,
    name: "Eva",
    unit: "bygglov",
    services: ["bygglov"],
    languages,
    interprets: [],
    manager: null,
    office: null,
    guestHost: false,
  };
}

const booking: Booking = {
  bookingId: "b",
  version: 1,
  status: "confirmed",
  service: "bygglov",
  office: "kommunhuset",
  startsAt: "2026-12-01T08:00:00Z",
  endsAt: "2026-12-01T08:45:00Z",
  person: "eva",
  room: "r12",
  seats: 1,
  language: null,
  equipment: [],
  heldUntil: null,
  caseId: null,
  agreed: null,
  interpreter: null,
  requestedAt: null,
  decision: null,
  mayDecide: false,
  series: null,
  hidden: false,
  party: { name: "Åsa", email: null, phone: "070-174 06 05", about: null },
  toldBy: null,
};
const hidden = { ...booking, hidden: true, party: null };

it("says what is to be read aloud", () => {
  const about = { names, date: "2026-12-01", prepare: ["Legitimation", "Ritning"] };
  expect(readAloud({ ...booking, toldBy: "email" }, about)).toBe(
    "Du är välkommen tisdag 1 december klockan 09:00 till Kommunhuset. Du träffar Eva. Rummet heter Besöksrum 12. " +
      "Ta med: legitimation och ritning. Du får en bekräftelse med e-post, där du kan boka om och avboka.",
  );
  const bare = { ...booking, person: null, room: null };
  expect(readAloud(bare, { ...about, prepare: [] })).toBe(
    "Du är välkommen tisdag 1 december klockan 09:00 till Kommunhuset.",
  );
  expect(readAloud({ ...bare, toldBy: "text" }, { ...about, prepare: [] })).toContain(
    "Du får en bekräftelse som sms",
  );
});

it("says nothing of a hidden visit", () => {
  expect([whatText(hidden, names), whoText(hidden)]).toEqual(["Besök, plan och tjänst dold", "Namn dolt"]);
  expect([whatText(booking, names), whoText(booking)]).toEqual(["Rådgivning om bygglov", "Åsa"]);
  expect(whoText({ ...booking, party: null })).toBe("Inget namn");
});

it("calls what it does not know by its code", () => {
  expect(bookingStatus("later").text).toBe("later");
  expect([names.person("x"), names.office("y"), names.service("z")]).toEqual(["x", "y", "z"]);
  expect(refusedText("later")).toBe("Det gick inte att göra nu.");
});

it("tells how the citizen gets to know", () => {
  expect(toldText(booking)).toBe("Ingen e-post: ring 070-174 06 05.");
  expect(toldText({ ...booking, toldBy: "text" })).toBe("Får ett sms om den nya tiden: 070-174 06 05.");
  expect(toldText({ party: null, toldBy: null })).toBe("Det finns inga kontaktuppgifter.");
  const party = { name: null, email: "a@example.org", phone: null, about: null };
  expect(toldText({ party, toldBy: "email" })).toBe("Får ett mejl om den nya tiden: a@example.org.");
  const said = { email: " a@example.org ", phone: "070-174 06 05" };
  expect(["email", "text", null].map((toldBy) => confirmationText(toldBy, said))).toEqual([
    "En bekräftelse skickas till a@example.org.",
    "En bekräftelse skickas som sms till 070-174 06 05.",
    "Varken e-post eller svenskt mobilnummer: säg tiden, ingen bekräftelse skickas.",
  ]);
});

it("says how many can still come", () => {
  expect([0, 1, 12].map(seatsLeftText)).toEqual(["fullbokad", "1 plats kvar", "12 platser kvar"]);
});

it("lists the languages of those who do a service, without Swedish", () => {
  const people = [person("a", ["sv", "fi", "ar"]), { ...person("b", ["so"]), services: [] }];
  expect(languagesOf(people, "bygglov")).toEqual(["ar", "fi"]);
});

it("takes what was said of who comes, and nothing else", () => {
  expect(partyOf({ name: " Åsa ", phone: "", email: "", about: " " })).toEqual({
    name: "Åsa",
    phone: null,
    email: null,
    about: null,
  });
  expect(partyOf({ name: "", phone: "", email: " ", about: "" })).toBeUndefined();
});

it("catches a slip in an address", () => {
  expect([emailFault(""), emailFault(" a@example.org ")]).toEqual([undefined, undefined]);
  for (const slip of ["a", "a@b", "a b@example.org", "@example.org"])
    expect(emailFault(slip)).toMatch(/hel adress/);
});

it("names the month and the day of what refuses a rota", () => {
  const words = { person: names.person, today: "2026-11-25" };
  const evenings = { code: "too-few-evenings", month: "2026-12", has: 1, needs: 2 };
  const torn = { code: "same-person-two-offices", date: "2026-12-01", person: "eva" };
  expect(faultText(evenings, words)).toBe("december 2026 har 1 av 2 kvällar med bemanning 16–18");
  expect(faultText({ code: "not-approved", date: "2026-12-01", person: "eva", manager: null }, words)).toBe(
    "Eva har ingen chef som kan godkänna, från tis 1 dec",
  );
  expect(faultText({ code: "not-approved", date: "2026-12-01", person: "eva", manager: "eva" }, words)).toBe(
    "Eva är inte godkänd av Eva, från tis 1 dec",
  );
  expect(refusedPublishing([torn, torn, torn, evenings], words)).toBe(
    "Schemat är inte publicerat. December 2026 har 1 av 2 kvällar med bemanning 16–18. " +
      "Eva är schemalagd på två platser tis 1 dec. Eva är schemalagd på två platser tis 1 dec. Och 1 till, se listan.",
  );
  expect(
    flagText(
      {
        code: "below-minimum",
        date: "2026-12-01",
        from: "2026-12-01T16:00:00Z",
        to: "2026-12-01T17:00:00Z",
        has: 1,
        needs: 2,
      },
      words,
    ),
  ).toBe("tis 1 dec 17:00–18:00: 1 av 2 på plats, tiderna går inte att boka");
});

it("draws a day's hours within seven and eight o'clock, and cuts off the rest", () => {
  const stretch = (from: string, to: string, count: number) => ({
    from: `2026-12-01T${from}:00Z`,
    to: `2026-12-01T${to}:00Z`,
    count,
  });
  const bars = barsOfDay({ stretches: [stretch("05:00", "12:30", 2), stretch("19:30", "21:00", 1)] });
  expect(bars).toEqual([{ leftPercent: 0, widthPercent: 50, count: 2, from: "06:00", to: "13:30" }]);
});

it("takes whole days and clocks of an absence, and says them again", () => {
  const whole = stretchOf({ from: "2026-12-01", fromClock: "", to: "2026-12-01", toClock: "" });
  expect(whole).toEqual({ from: "2026-11-30T23:00:00.000Z", to: "2026-12-01T23:00:00.000Z" });
  const say = (written: Parameters<typeof stretchOf>[0]) => {
    const stretch = stretchOf(written);
    return stretch === undefined ? undefined : stretchText(stretch, "2026-11-25");
  };
  const day = { from: "2026-12-01", fromClock: "", to: "2026-12-01", toClock: "" };
  expect(say(day)).toBe("tis 1 dec, hela dagen");
  expect(say({ ...day, to: "2026-12-03" })).toBe("tis 1 dec – tor 3 dec");
  expect(say({ ...day, fromClock: "08:00", toClock: "12:00" })).toBe("tis 1 dec 08:00–12:00");
  expect(say({ ...day, fromClock: "13:00", to: "2026-12-02", toClock: "12:00" })).toBe(
    "tis 1 dec 13:00 – ons 2 dec 12:00",
  );
  expect(say({ ...day, fromClock: "12:00", toClock: "12:00" })).toBeUndefined();
  expect(say({ ...day, to: "2026-11-30" })).toBeUndefined();
  expect(say({ ...day, to: "" })).toBeUndefined();
});
