import { describe, expect, test } from "vitest";
import type { WaitingLetter } from "#services/booking/events.ts";
import { mailTexts } from "#shared/config.ts";
import { waitingContent } from "./waiting-mail.ts";

const started: WaitingLetter = {
  to: "asa@example.org",
  language: "sv",
  service: "Rådgivning om bygglov",
  place: "Kommunhuset",
  from: "2026-11-26",
  until: "2026-12-03",
  time: null,
};
const free: WaitingLetter = {
  ...started,
  time: { startsAt: "2026-11-26T09:00:00.000Z", endsAt: "2026-11-26T09:45:00.000Z" },
};
const page = "https://arende.example.se/b/k/token";
const around = {
  organisation: "Björkeby kommun",
  serviceCentre: "Servicecenter",
  phone: "070-174 06 05",
  page,
};

function mail(language: string, letter: WaitingLetter) {
  const texts = mailTexts()[language];
  if (texts === undefined) throw new Error(`no texts in ${language}`);
  return waitingContent(language, { waiting: texts.waiting, labels: texts.booking.labels }, letter, around);
}

describe("a mail to somebody in line", () => {
  test("says for what they wait, and that they may leave", () => {
    const { subject, text } = mail("sv", started);
    expect(subject).toBe("Du står i kö för en tid");
    expect(text).toContain(
      "Dagar som passar: torsdag 26 november – torsdag 3 december\nVar: Kommunhuset\nVad det gäller: Rådgivning om bygglov",
    );
    expect(text).toContain(page);
  });

  test("says which time is free", () => {
    const { subject, text } = mail("sv", free);
    expect(subject).toBe("En tid är ledig: torsdag 26 november 10:00–10:45");
    expect(text).toContain("När: torsdag 26 november 10:00–10:45\nVar: Kommunhuset");
  });

  test.each(["sv", "en", "fi"])("is whole in %s", (language) => {
    for (const letter of [started, free]) {
      const { subject, text } = mail(language, letter);
      expect(`${subject} ${text}`).not.toMatch(/[{}]/);
      expect(text).toContain(page);
      expect(text).toContain("070-174 06 05");
    }
  });

  test("of a secret service does not say what it is about", () => {
    const { subject, text } = mail("sv", { ...free, service: null });
    expect(`${subject} ${text}`).not.toMatch(/gäller|bygglov/i);
  });
});
