import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asAttachment, safeFileName } from "./file-name.ts";

describe("a file's name", () => {
  test.each([
    ["ansökan.pdf", "ansökan.pdf"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\Windows\\x.dll", "C__Windows_x.dll"],
    ["faktura\u202Efdp.exe", "fakturafdp.exe"],
    [".bashrc", "bashrc"],
    ["a\u0000b\r\n.txt", "ab.txt"],
    ['x"; filename=y.exe', "x_; filename=y.exe"],
    ["   ", "bilaga"],
    [null, "bilaga"],
    [`${"å".repeat(300)}.pdf`, `${"å".repeat(116)}.pdf`],
  ])("%j is saved as %j", (name, saved) => {
    expect(safeFileName(name, "application/pdf")).toBe(saved);
  });

  test("a nested mail without one", () => {
    expect(safeFileName(null, "message/rfc822")).toBe("mejl.eml");
  });

  test("never breaks the header, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
        const header = asAttachment(safeFileName(name.toWellFormed(), "text/plain"));
        expect(header).toMatch(
          /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.!~%-]+$/,
        );
      }),
    );
  });
});
