import { expect, it } from "vitest";
import {
  BOOKING_HREF,
  bookForCaseHref,
  caseHref,
  casesHref,
  FIGURES_HREF,
  figureHref,
  MAIL_TEXTS_HREF,
  numberHref,
  parseRoute,
  RECEPTION_HREF,
  receptionHref,
  taskHref,
  tasksHref,
} from "./route.ts";

it.each(["", "#", "#/"])("opens the start at %j", (hash) => {
  expect(parseRoute(hash)).toEqual({ view: "home" });
});

it("opens what its own links name, whatever signs an id has", () => {
  const id = "01J-å/ä?#%";
  expect(parseRoute(caseHref(id))).toEqual({ view: "case", caseId: id });
  expect(parseRoute(taskHref(id, "2"))).toEqual({ view: "task", caseId: id, taskId: "2" });
  expect(parseRoute(tasksHref("bygglov"))).toEqual({ view: "tasks", unit: "bygglov" });
  expect(parseRoute(casesHref("mine"))).toEqual({ view: "cases", list: "mine" });
  expect(parseRoute(casesHref("quarantine"))).toEqual({ view: "cases", list: "quarantine" });
  expect(parseRoute(numberHref("BJO-2026-000123"))).toEqual({
    view: "number",
    caseNumber: "BJO-2026-000123",
  });
  expect(parseRoute(FIGURES_HREF)).toEqual({ view: "figures" });
  expect(parseRoute(MAIL_TEXTS_HREF)).toEqual({ view: "mail-texts" });
  expect(parseRoute(BOOKING_HREF)).toEqual({ view: "booking", parts: [] });
  expect(parseRoute(bookForCaseHref(id))).toEqual({ view: "booking", parts: ["boka", id] });
  expect(parseRoute(RECEPTION_HREF)).toEqual({ view: "reception", page: undefined });
  expect(parseRoute(receptionHref("huset"))).toEqual({ view: "reception", page: "huset" });
});

it("keeps a figure's name whole", () => {
  const figure = "contacts/email";
  expect(parseRoute(figureHref(figure))).toEqual({ view: "figure", figure, date: undefined });
  expect(parseRoute(figureHref(figure, "2026-11-24"))).toEqual({
    view: "figure",
    figure,
    date: "2026-11-24",
  });
});

it.each([
  "#/arende",
  "#/arende/",
  "#/arende/a/b",
  "#/arende/%E0%A4%A",
  "#/uppdrag/a",
  "#/enhet//b",
  "#/mejltexter/sv",
  "#/bokningar",
  "#/reception/huset/x",
])("knows no view at %j", (hash) => {
  expect(parseRoute(hash)).toEqual({ view: "unknown" });
});
