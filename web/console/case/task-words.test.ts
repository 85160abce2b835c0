import { expect, it } from "vitest";
import { assignment, directory } from "../test-case.ts";
import { repliedText, taskStateText } from "./task-words.ts";

it.each([
  [{ state: "answered", answeredTo: "service-centre" }, "Bygglov svarade servicecentret"],
  [{ state: "answered", answeredTo: "citizen" }, "Bygglov svarade invånaren direkt"],
  [{ state: "returned", rightAddress: "miljo" }, "Bygglov skickade tillbaka uppdraget: det hör till Miljö"],
])("says of %j: %s", (more, text) => {
  expect(repliedText(assignment("a", more), directory)).toBe(text);
});

it("says where a task stands", () => {
  expect(taskStateText("assignment", "withdrawn")).toBe("Återkallat");
  expect(taskStateText("transfer", "acknowledged")).toBe("Mottaget");
  expect(taskStateText("assignment", "new-state")).toBe("new-state");
});
