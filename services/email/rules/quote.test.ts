import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownTextOf } from "../events.ts";
import { partsOf } from "./quote.ts";

const own = (text: string, options?: { interleaved: boolean }) =>
  ownTextOf(text, [...partsOf(text, options)]).trim();
const lines = (...all: string[]) => all.join("\n");

describe("what the sender wrote now", () => {
  test.each([
    ["nothing quoted", lines("Hej!", "", "När öppnar ni?"), "Hej!\n\nNär öppnar ni?"],
    [
      "Gmail in Swedish",
      lines(
        "Ja tack.",
        "",
        "Den tis 24 nov. 2026 kl 10:12 skrev Björkeby kommun <kommunen@example.se>:",
        "> Vill du ha svar?",
        ">",
        "> Hälsningar",
      ),
      "Ja tack.",
    ],
    [
      "an attribution over two lines",
      lines(
        "Ja tack.",
        "Den tis 24 nov. 2026 kl 10:12 skrev Björkeby kommun",
        "<kommunen@example.se>:",
        "> Vill du?",
      ),
      "Ja tack.",
    ],
    [
      "a telephone's, without marks",
      lines(
        "Ja!",
        "",
        "Skickat från min iPhone",
        "",
        "24 nov. 2026 kl. 10:12 skrev Björkeby kommun:",
        "",
        "Vill du ha svar?",
        "Hälsningar",
      ),
      "Ja!",
    ],
    [
      "Outlook in Swedish",
      lines(
        "Det stämmer.",
        "",
        "________________________________",
        "Från: Björkeby kommun <kommunen@example.se>",
        "Skickat: den 24 november 2026 10:12",
        "Till: Åsa",
        "Ämne: Sv: Plank",
        "",
        "Är det rätt?",
      ),
      "Det stämmer.",
    ],
    [
      "Outlook's older form",
      lines("Ja.", "-----Ursprungligt meddelande-----", "Från: K", "Är det rätt?"),
      "Ja.",
    ],
    [
      "Outlook in English",
      lines("Yes.", "", "From: Kommunen", "Sent: Tuesday", "To: Åsa", "Subject: x", "", "Right?"),
      "Yes.",
    ],
    ["Finnish", lines("Kiitos.", "", "ti 24. marrask. 2026 klo 10.12 Kunta kirjoitti:", "> Hei"), "Kiitos."],
    ["a signature", lines("Ring mig.", "", "-- ", "Åsa Öberg", "070-174 06 05"), "Ring mig."],
    ["answered below", lines("> Vilken gata?", "Storgatan 4"), "Storgatan 4"],
  ])("%s", (_what, text, expected) => {
    expect(own(text)).toBe(expected);
  });

  test("answers inside a quote are kept", () => {
    const text = lines(
      "Se mina svar nedan.",
      "Den 24 november 2026 skrev Kommunen:",
      "> Vilken gata?",
      "Storgatan 4.",
      "> Vilken dag?",
      "På måndag.",
    );
    expect(own(text)).toBe("Se mina svar nedan.\nStorgatan 4.\nPå måndag.");
  });

  test("answers in an HTML mail's quote, whose text has no marks, are not folded away", () => {
    const text = lines("Se nedan.", "Den 24 november 2026 skrev Kommunen:", "Vilken gata?", "Storgatan 4.");
    expect(own(text)).toBe("Se nedan.");
    expect(own(text, { interleaved: true })).toContain("Storgatan 4.");
  });

  test("a forwarded mail is its own content: nothing of it is folded", () => {
    const text = lines(
      "",
      "-----Ursprungligt meddelande-----",
      "Från: Granne",
      "Till: Åsa",
      "",
      "Taket läcker.",
    );
    expect(own(text)).toContain("Taket läcker.");
  });

  test.each([
    ["somebody's words", lines("Hej!", "", "Min dotter skrev:", "", "Jag orkar inte mer.")],
    [
      "what was decided",
      lines(
        "Hej,",
        "Den 3 november 2026 fick jag ert beslut, där ni skrev följande:",
        "Ansökan avslås.",
        "Jag överklagar.",
      ),
    ],
    ["a way", lines("Skolskjuts, tack.", "Från: Storgatan 4", "Till: Björkskolan", "Barnet är sju år.")],
    ["a time", lines("Hej!", "Från: 2026-12-01", "Till: 2026-12-15", "Datum: så fort det går", "Kan ni?")],
    ["a post office", lines("Var är den?", "Skickat från posten i Karlstad i går", "Den är borta.")],
  ])("%s in a list or a sentence of their own is no heading: nothing is folded", (_what, text) => {
    expect(own(text)).toBe(text);
  });

  test("what is below a telephone's line is the sender's own", () => {
    const text = lines("Hej!", "Skickat från min iPhone", "", "Jag glömde: porten är låst.");
    expect(own(text)).toBe("Hej!\nJag glömde: porten är låst.");
    expect(own(lines("Ring.", "Sent from Outlook for iOS"))).toBe("Ring.");
    expect(own(lines("Ring.", "Hämta Outlook för Android"))).toBe("Ring.");
  });

  test.each([
    ["Apple in Swedish", "3 nov. 2026 kl. 10:12 skrev Kommunen <kommunen@example.se>:"],
    ["Thunderbird", "Den 2026-11-03 kl. 10:12, skrev Kommunen:"],
    ["a name with small words", "Den tis 3 nov. 2026 kl 10:12 skrev Ebba de la Gardie <vi.som@example.org>:"],
    ["Gmail in English", "On Tue, Nov 3, 2026 at 10:12 AM Kommunen <kommunen@example.se> wrote:"],
  ])("%s without marks is folded", (_what, heading) => {
    expect(own(lines("Ja.", "", heading, "", "Är det rätt?"))).toBe("Ja.");
  });

  test("whoever wrote what is marked is folded with it, however it is said", () => {
    expect(own(lines("Ja.", "Kommunen skrev:", "> Är det rätt?"))).toBe("Ja.");
  });

  test("a sentence that looks like a heading and is none", () => {
    expect(own(lines("Från: Storgatan till torget är det halt.", "Kan ni sanda?"))).toContain(
      "Kan ni sanda?",
    );
    expect(own("Den 24 november var det halt.")).toBe("Den 24 november var det halt.");
  });
});

test("the parts together are the whole text, whatever it is", () => {
  const line = fc.constantFrom(
    "> x",
    "",
    "Hej",
    "-- ",
    "Den 1 maj 2026 skrev A:",
    "Från: A",
    "Till: B",
    "____________",
    "Skickat från min iPhone",
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(line).map((all) => all.join("\n")),
  );
  fc.assert(
    fc.property(texts, fc.boolean(), (text, interleaved) => {
      const parts = partsOf(text, { interleaved });
      const whole = parts.map(({ end }, n) => text.slice(parts[n - 1]?.end ?? 0, end)).join("");
      expect(whole).toBe(text);
      expect(parts.every(({ end }, n) => end > (parts[n - 1]?.end ?? 0))).toBe(true);
    }),
  );
});
