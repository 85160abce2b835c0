import { expect, it } from "vitest";
import { copyOf, readCopy } from "./house-copy.ts";

const at = new Date("2026-11-24T09:00:00Z");
const office = { id: "kommunhuset", name: "Kommunhuset" };
const inside = {
  date: "2026-11-24",
  number: 1,
  badge: 17,
  floor: 4,
  since: "2026-11-24T08:00:00.000Z",
  forgotten: false,
  secret: false,
  name: "Åsa Prov",
};
const stored = () => JSON.stringify(copyOf(office, [inside, { ...inside, number: 2, secret: true }], at));

it("keeps names, but none of whose visit is secret", () => {
  expect(copyOf(office, [inside, { ...inside, secret: true }], at).inside.map(({ name }) => name)).toEqual([
    "Åsa Prov",
    null,
  ]);
  expect(stored().split("Åsa Prov").length).toBe(2);
});

it("is read back with its time, by its office or by whoever asks for any", () => {
  const soon = new Date("2026-11-24T12:00:00Z");
  expect(readCopy(stored(), "kommunhuset", soon)).toMatchObject({
    at: "2026-11-24T09:00:00.000Z",
    inside: [{ number: 1 }, { number: 2 }],
  });
  expect(readCopy(stored(), undefined, soon)?.office).toBe("kommunhuset");
  expect(readCopy(stored(), "granhult", soon)).toBeUndefined();
});

it.each([
  ["nothing", null, at],
  ["something else", '{"office":1}', at],
  ["half of it", stored().slice(0, 40), at],
  ["yesterday's", stored(), new Date("2026-11-25T09:00:00Z")],
])("is not there when the browser holds %s", (_what, text, now) => {
  expect(readCopy(text, "kommunhuset", now)).toBeUndefined();
});
