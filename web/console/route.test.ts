import { expect, it } from "vitest";
import { caseHref, parseRoute } from "./route.ts";

it.each(["", "#", "#/"])("opens the worklist at %j", (hash) => {
  expect(parseRoute(hash)).toEqual({ view: "worklist" });
});

it("opens the case that its own link names, whatever signs the id has", () => {
  const caseId = "01J-å/ä?#%";
  expect(parseRoute(caseHref(caseId))).toEqual({ view: "case", caseId });
});

it.each(["#/arende", "#/arende/", "#/arende/a/b", "#/arende/%E0%A4%A", "#/bokning"])(
  "knows no view at %j",
  (hash) => {
    expect(parseRoute(hash)).toEqual({ view: "unknown" });
  },
);
