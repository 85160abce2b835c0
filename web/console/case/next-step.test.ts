import { describe, expect, it } from "vitest";
import { assignment, caseFile, directory, transfer } from "../test-case.ts";
import { nextStep } from "./next-step.ts";

const step = (...file: Parameters<typeof caseFile>): string =>
  nextStep(caseFile(...file), directory, "2026-11-24");
const ended = { endedAt: "2026-11-23T13:00:00Z" };
const told = { at: "2026-11-24T08:00:00Z", how: "phone", by: "Amina" };

describe("what calls for attention comes first", () => {
  it.each([
    ["new-message", {}, "Invånaren har skrivit igen. Läs och svara."],
    [
      "answer-not-delivered",
      {},
      "Svaret nådde inte fram. Kontrollera adressen, eller ring eller skriv brev.",
    ],
    [
      "acknowledgement-not-delivered",
      {},
      "Bekräftelsen nådde inte fram. Ring eller skriv brev: ett svar med mejl kommer knappast heller fram.",
    ],
    ["answer-uncertain", {}, "Det är osäkert om svaret gick iväg. Skicka det igen, eller ring och berätta."],
    ["something-new", {}, "Något behöver ses över. Läs händelserna."],
    [
      "assignment-answered",
      { assignments: [assignment("a", { ...ended, state: "answered", answeredTo: "service-centre" })] },
      "Bygglov har svarat. Läs svaret och berätta för invånaren.",
    ],
    [
      "assignment-answered",
      { assignments: [assignment("a", { ...ended, state: "answered", answeredTo: "citizen" })] },
      "Bygglov har svarat invånaren direkt. Avsluta om inget återstår.",
    ],
    [
      "assignment-returned",
      { assignments: [assignment("a", { ...ended, state: "returned", rightAddress: "miljo" })] },
      "Bygglov kan inte svara: det hör till Miljö. Skicka till rätt enhet eller svara själv.",
    ],
    [
      "transfer-returned",
      { transfers: [transfer("t", { ...ended, state: "returned", rightAddress: "outside" })] },
      "Överlämnandet kom tillbaka: det hör till någon utanför kommunen. Lämna över till rätt nämnd eller svara själv.",
    ],
  ])("%s", (attention, more, text) => {
    expect(step({ attention }, more)).toBe(text);
  });

  it("is the latest reply's", () => {
    const assignments = [
      assignment("b", { unit: "miljo", endedAt: "2026-11-24T13:00:00Z", state: "answered" }),
      assignment("a", { ...ended, state: "returned", rightAddress: "miljo" }),
    ];
    expect(step({ attention: "assignment-answered" }, { assignments })).toContain("Miljö har svarat");
  });
});

const meeting = {
  bookingId: "b",
  service: "Vägledning",
  office: "Kommunhuset",
  startsAt: "2026-12-01T09:00:00Z",
  endsAt: "2026-12-01T09:30:00Z",
};

describe("then how the case stands", () => {
  it.each([
    [{ assignee: null }, {}, "Ingen har ärendet. Ta det och svara, eller skicka det dit det hör."],
    [{}, {}, "Svara invånaren, eller skicka ett uppdrag till en enhet."],
    [{ told }, {}, "Invånaren har fått besked. Avsluta om inget återstår."],
    [
      { access: "secret" },
      {},
      "Svara invånaren på telefon, vid ett besök eller i ett brev, eller skicka ett uppdrag.",
    ],
    [
      { status: "with-unit" },
      { assignments: [assignment("a"), assignment("b", { unit: "miljo", dueDate: "2026-11-25" })] },
      "Väntar på svar från Bygglov och Miljö, senast ons 25 nov.",
    ],
    [
      { status: "transferring" },
      { transfers: [transfer("t")] },
      "Väntar på att Byggnämnden bekräftar att ärendet är mottaget.",
    ],
    [
      {},
      { meetings: [{ ...meeting, status: "confirmed" }] },
      "Svara invånaren, eller skicka ett uppdrag till en enhet.",
    ],
    [
      {},
      { meetings: [{ ...meeting, status: "unsettled" }] },
      "Ett möte om ärendet behöver en ny tid. Boka om det.",
    ],
    [{ status: "waiting" }, {}, "Vilar. Tas upp igen fre 27 nov."],
    [
      { status: "waiting", told },
      {},
      "Invånaren fick besked på telefon. Avsluta, eller vänta på svar till fre 27 nov.",
    ],
    [
      { status: "closed", closeReason: "answered" },
      {},
      "Avslutat som besvarat. Öppna igen om något återstår.",
    ],
  ])("%j", (about, more, text) => {
    expect(step(about, more)).toBe(text);
  });
});

it("asks first of all whether a mail in quarantine is real", () => {
  expect(step({ quarantine: "held", assignee: null })).toBe(
    "Avgör om mejlet är riktigt: släpp in det eller avsluta det som skräp.",
  );
  expect(step({ quarantine: "admitted", assignee: null })).toContain("Ingen har ärendet.");
});
