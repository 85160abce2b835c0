import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { openKommunhuset } from "../../provbank/offices.ts";
import { faultsOf, openBrowser, pageOf } from "../browser.ts";
import { change, startTestSystem } from "../system.ts";

/** A Thursday at ten past seven in Sweden. Kommunhuset opens at eight, with Amina and Jonas on duty all day: two must be. */
const instant = "2026-12-03T06:10:00Z";
const chief = { sub: "chef" };
let system: System;
let browser: Browser;

beforeAll(async () => {
  process.env["CLOCK_OFFSET_MS"] = String(Date.parse(instant) - Date.now());
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  delete process.env["CLOCK_OFFSET_MS"];
  await openKommunhuset(system, new Date(instant));
  const leo = {
    person: "leo",
    name: "Leo",
    unit: "servicecenter",
    services: ["vagledning"],
    languages: ["sv"],
    manager: "chef",
    office: null,
    standIn: null,
    calendarUrl: null,
  };
  await change(system, "/booking/people/leo", chief, { person: leo }, "PUT");
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** A page of somebody's, whose clock is the system's. The sign-in itself knows only the real one. */
async function open(name: string, hash: string): Promise<Page> {
  const page = await pageOf(browser, system.origin, name);
  await page.evaluate((time) => {
    const session = JSON.parse(sessionStorage.getItem("servicecenter.session") ?? "");
    const expiresAtMs = Date.parse(time) + 3_000_000;
    sessionStorage.setItem("servicecenter.session", JSON.stringify({ ...session, expiresAtMs }));
  }, instant);
  await page.goto("about:blank");
  await page.clock.install({ time: instant });
  await page.goto(`${system.origin}/${hash}`);
  return page;
}

async function raised(): Promise<object[]> {
  const { Items = [] } = await system.clients.dynamodb.send(
    new ScanCommand({ TableName: system.assembly.output("BookingTable") }),
  );
  return Items.flatMap(({ event }) => (event?.type === "StaffingShort" ? [event.data] : []));
}

const short = "Bara 1 av minst 2 på plats, Kommunhuset, i dag 08:00–18:00.";

test("a sick call at ten past seven is on every page of those it concerns, until somebody has seen to it", async () => {
  const amina = await open("Amina", "#/mina");
  await amina.getByRole("heading", { level: 1 }).waitFor();
  expect(await amina.getByText("på plats").count()).toBe(0);
  const away = { key: "sick-call-1", from: "2026-12-03T06:00:00.000Z", to: "2026-12-03T17:00:00.000Z" };
  const entered = await change(system, "/booking/people/jonas/absences", chief, away);
  expect(entered.status).toBe(200);
  await amina.clock.fastForward(11_000);
  await amina.getByText(short).waitFor();
  expect(await faultsOf(amina, "staffing-alert")).toEqual([]);
  const petra = await open("Petra", "#/reception");
  await petra.getByText(short).waitFor();
  expect(await faultsOf(petra, "staffing-alert-reception")).toEqual([]);
  const eva = await open("Eva", "#/bokning/boka");
  await eva.getByRole("heading", { name: "Boka ett möte" }).waitFor();
  expect(await eva.getByText(short).count()).toBe(0);

  const karin = await open("Karin", "#/");
  await karin.getByText(short).waitFor();
  await karin.getByRole("link", { name: "Se vem som kan rycka in" }).click();
  await karin.getByRole("heading", { name: "Bemanning i dag" }).waitFor();
  await karin.getByRole("listitem").getByText("Leo", { exact: true }).waitFor();
  expect(await faultsOf(karin, "staffing-today")).toEqual([]);
  await karin.getByRole("button", { name: "Åtgärdat …" }).click();
  await karin.getByRole("button", { name: "Spara" }).click();
  await karin.getByText("Välj vad som är gjort.").waitFor();
  await karin.getByLabel("En del av lokalen är stängd").check();
  await karin.getByLabel("Mer (frivilligt)").fill("Norra delen");
  expect(await faultsOf(karin, "staffing-solve")).toEqual([]);
  await karin.getByRole("button", { name: "Spara" }).click();
  await karin.getByText(/Åtgärdat 07:1\d av Karin: en del av lokalen är stängd\. Norra delen/).waitFor();
  await karin.getByText(short).waitFor({ state: "detached" });
  await amina.clock.fastForward(11_000);
  await amina.getByText(short).waitFor({ state: "detached" });
  expect(await raised()).toHaveLength(1);

  // The round sees the same, and raises nothing more; one more away is worse.
  await system.hostOf("booking/day-round").invoke({});
  await system.quiet();
  expect(await raised()).toHaveLength(1);
  const also = { key: "sick-call-2", from: "2026-12-03T10:00:00.000Z", to: "2026-12-03T12:00:00.000Z" };
  await change(system, "/booking/people/amina/absences", chief, also);
  await amina.clock.fastForward(11_000);
  await amina.getByText("Ingen av minst 2 på plats, Kommunhuset, i dag 08:00–18:00.").waitFor();
  expect(await raised()).toHaveLength(2);
  expect(JSON.stringify(await raised())).not.toMatch(/jonas|amina/);

  const called = await change(system, "/booking/reception/kommunhuset/incidents", { sub: "reception" }, {});
  expect(called.status).toBe(201);
  await amina.clock.fastForward(11_000);
  await amina.getByText("behöver hjälp i receptionen, Kommunhuset").waitFor();
  expect(await faultsOf(amina, "incident-alert")).toEqual([]);
  await karin.clock.fastForward(11_000);
  await karin.getByText("behöver hjälp i receptionen, Kommunhuset").waitFor();
  await petra.clock.fastForward(11_000);
  await petra.getByText("Ingen av minst 2").waitFor();
  // Who called does not see it: somebody stands before that screen.
  expect(await petra.getByText("behöver hjälp").count()).toBe(0);
  expect(system.door.refusals()).toEqual([]);
});
