import { expect, it } from "vitest";
import { createDirectory } from "./directory.ts";
import { waysOf } from "./ways.ts";

const bygglov = { id: "bygglov", name: "Bygglov", department: "x", authorities: [], secret: false };
const directory = createDirectory(
  {
    serviceCentre: { id: "sc", name: "SC" },
    urgent: { name: "Socialjouren", phone: "070-174 06 20" },
    units: [bygglov],
  },
  "SC",
);
const texts = (roles: string[], units: string[]) =>
  waysOf({ name: "x", roles, units }, directory).map(({ text }) => text);

it.each([
  [
    "an agent",
    ["agent"],
    ["sc"],
    ["Att ta hand om", "Mina ärenden", "Väntar", "Karantän", "Bokning", "Reception", "Siffror", "Mejltexter"],
  ],
  ["an officer", ["officer"], ["bygglov"], ["Uppdrag: Bygglov", "Bokning", "Reception"]],
  [
    "somebody with two belongings",
    ["agent", "officer"],
    ["sc", "bygglov"],
    [
      "Att ta hand om",
      "Mina ärenden",
      "Väntar",
      "Karantän",
      "Uppdrag: Bygglov",
      "Bokning",
      "Reception",
      "Siffror",
      "Mejltexter",
    ],
  ],
  ["a manager", ["manager"], ["sc"], ["Bokning", "Reception", "Siffror", "Mejltexter"]],
  ["an administrator", ["administrator"], [], ["Siffror", "Mejltexter"]],
  ["the receptionist", ["receptionist"], ["sc"], ["Reception", "Bokning"]],
  ["the switchboard", ["switchboard"], ["sc"], []],
])("shows %s their ways", (_who, roles, units, ways) => {
  expect(texts(roles, units)).toEqual(ways);
});
