import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fileProperties, tnef } from "../../../test/tnef.ts";
import { filesInTnef } from "./tnef.ts";

describe("a winmail.dat", () => {
  test("gives its files with their names", () => {
    const packed = tnef([
      { name: "ANSKAN~1.PDF", longName: "Ansökan aktivitetsbidrag.pdf", content: "hej" },
      { name: "medlemmar.txt", content: "Kent\nÅsa" },
    ]);
    expect(filesInTnef(packed)?.map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
      ["Ansökan aktivitetsbidrag.pdf", "hej"],
      ["medlemmar.txt", "Kent\nÅsa"],
    ]);
  });

  test("that breaks off gives the files before the break", () => {
    const packed = tnef([
      { name: "a.txt", content: "hel" },
      { name: "b.txt", content: "x".repeat(100) },
    ]);
    const names = (bytes: Uint8Array) => filesInTnef(bytes)?.map(({ name }) => name);
    expect(names(packed.subarray(0, packed.length - 60))).toEqual(["a.txt"]);
    expect(names(packed)).toEqual(["a.txt", "b.txt"]);
  });

  test("is told by its first bytes", () => {
    expect(filesInTnef(Buffer.from("%PDF-1.7"))).toBeUndefined();
    expect(filesInTnef(new Uint8Array())).toBeUndefined();
  });

  test("of any bytes stops nothing", () => {
    const start = tnef([{ name: "a.txt", content: "hej" }]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(start.length), (bytes, cut) => {
        const mixed = Buffer.concat([start.subarray(0, cut), bytes]);
        expect(filesInTnef(mixed)?.length ?? 0).toBeLessThanOrEqual(200);
        expect(() =>
          filesInTnef(tnef([{ name: "x", content: "", properties: fileProperties(bytes) }])),
        ).not.toThrow();
      }),
    );
  });
});
