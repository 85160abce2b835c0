import { expect, it } from "vitest";
import { createDirectory, unitsByAuthority, unitsByDepartment } from "./directory.ts";

const building = { id: "bygg", name: "Byggnämnden" };
const sport = { id: "fritid", name: "Fritidsnämnden" };
const unit = (id: string, name: string, department: string, authorities = [building]) => ({
  id,
  name,
  department,
  authorities,
  secret: false,
});
const units = [
  unit("m", "Miljö", "Utveckling"),
  unit("b", "Bygglov", "Utveckling", [building, sport]),
  unit("o", "Avfall", "Bolaget", []),
];

it("names what it knows, and calls the rest by its id", () => {
  const directory = createDirectory(
    {
      serviceCentre: { id: "sc", name: "Servicecenter" },
      urgent: { name: "Socialjouren", phone: "070-174 06 20" },
      units,
    },
    "x",
  );
  expect(directory.unitName("b")).toBe("Bygglov");
  expect(directory.unitName("sc")).toBe("Servicecenter");
  expect(directory.unitName("new")).toBe("new");
  expect(directory.unitName("outside")).toBe("någon utanför kommunen");
  expect(directory.authorityName("fritid")).toBe("Fritidsnämnden");
});

it("does without the list", () => {
  expect(createDirectory(undefined, "Servicecenter").unitName("servicecenter")).toBe("Servicecenter");
});

it("groups units by department and by authority, in Swedish order", () => {
  expect(unitsByDepartment(units).map(([name, members]) => [name, members.map(({ id }) => id)])).toEqual([
    ["Bolaget", ["o"]],
    ["Utveckling", ["b", "m"]],
  ]);
  expect(
    unitsByAuthority(units).map((group) => [group.authority.id, group.units.map(({ id }) => id)]),
  ).toEqual([
    ["bygg", ["b", "m"]],
    ["fritid", ["b"]],
  ]);
});
