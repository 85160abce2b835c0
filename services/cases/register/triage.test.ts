import { describe, expect, test } from "vitest";
import { loadMunicipality } from "#config/load.ts";
import { propose, withoutIdentityNumbers } from "./triage.ts";

const { triage } = loadMunicipality("demo");

describe("what a mail seems to be about, by the demo's words", () => {
  test.each([
    ["PLOGAT??? Min mamma kommer INTE UT", "question", "gata-park"],
    ["När kommer pengarna, hyran skulle betalas i fredags", "question", "ifo-mottagning"],
    ["Jag begär ut samtliga mejl mellan fritidschefen och Bollklubben", "disclosure", undefined],
    ["Äitini tarvitsee turvapuhelimen", "question", "bistand-aldre"],
    ["Jag överklagar beslutet om bygglov för fastigheten bredvid", "appeal", "bygglov"],
    ["Detta är fjärde gången jag skriver om skolskjutsen", "complaint", "skolskjuts"],
    ["Bifogar faktura 20931, 30 dgr", "invoice", "ekonomi"],
    ["Här kommer vår ansökan om aktivitetsbidrag", "application", "fritid-forening"],
    ["Hej, när öppnar ni?", "question", undefined],
    ["", "question", undefined],
  ])("%j", (text, kind, unit) => {
    expect(propose(text, triage)).toEqual({ kind, unit });
  });
});

describe("identity numbers in a subject", () => {
  test.each([
    ["Bidrag 19850709-9805", "Bidrag 19850709-••••"],
    ["850709-9805", "850709-••••"],
    ["8507099805 igen", "850709•••• igen"],
    ["Samordning 850769-9802", "Samordning 850769-••••"],
    ["Org 556677-8899", "Org 556677-••••"],
    ["Ärende BJO-2026-000123", "Ärende BJO-2026-000123"],
    ["Ring 0701740605", "Ring 0701740605"],
    ["Faktura 20931", "Faktura 20931"],
  ])("%j", (subject, shown) => {
    expect(withoutIdentityNumbers(subject)).toBe(shown);
  });
});
