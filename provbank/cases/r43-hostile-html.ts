import type { Browser, Page } from "playwright-core";
import type { System } from "../../local/system.ts";
import { openBrowser, pageOf, strangersAsked } from "../../test/browser.ts";
import { ask, change } from "../api-client.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { sendComposed } from "../composed-mail.ts";
import { evilHost, payloads } from "./r43-payloads.ts";

const amina = { sub: "amina" };
/** Long enough for what happens by itself to have happened. */
const settleMs = 150;
/** Subject, name, HTML, text, file name, note, list, error page. */
const places = 8;

/** What a page has done that no mail may make it do. */
type Watched = { ran: string[]; asked: () => readonly string[] };

/**
 * Hostile HTML in every place of the console that shows what somebody wrote, in a browser: nothing runs, nothing asks and
 * no dialog comes up. The same payloads in a bare page show that they are alive.
 */
export async function hostileHtml({ say }: Bench, tried: readonly string[]): Promise<Figure> {
  const browser = await openBrowser();
  try {
    return await withSystem({ functionsAs: "threads" }, async (system) => {
      const alive = await aliveInBarePage(tried);
      say(`${alive} of ${tried.length} act in a bare page`);
      const ids = await mailAll(system, tried);
      const page = await pageOf(browser, system.origin, "Amina");
      const watched = await watch(page, system.origin);
      const shown = await readAll(page, system, ids, say);
      await readLists(page, system, ids.length);
      await readErrors(page, system, tried);
      const asked = watched.asked();
      const holds =
        shown === tried.length &&
        watched.ran.length === 0 &&
        asked.length === 0 &&
        alive >= tried.length * 0.6;
      return {
        holds,
        payloads: tried.length,
        places,
        shownAsSent: shown,
        aliveInBarePage: alive,
        scriptsAndDialogs: watched.ran.length,
        requestsElsewhere: asked.length,
        violations: [...watched.ran, ...asked].slice(0, 20),
      };
    });
  } finally {
    await browser.close();
  }
}

async function watch(page: Page, origin: string): Promise<Watched> {
  const ran: string[] = [];
  page.on("dialog", (dialog) => {
    ran.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.context().on("page", (opened) => ran.push(`window: ${opened.url()}`));
  await page.exposeFunction("ran", (where: string) => ran.push(`script: ${where}`));
  return { ran, asked: strangersAsked(page, origin) };
}

/** How many of the payloads run or fetch something where nobody guards: a browser of their own, which may not outlive one of them. */
async function aliveInBarePage(tried: readonly string[]): Promise<number> {
  let bare = await openBare();
  let alive = 0;
  try {
    for (const payload of tried) {
      if (!bare.browser.isConnected()) bare = await openBare();
      if (await Promise.race([actsIn(bare.browser, payload), bare.ended])) alive += 1;
    }
  } finally {
    await bare.browser.close();
  }
  return alive;
}

/** `ended`: not everything that was asked of a browser is answered when it has. */
async function openBare(): Promise<{ browser: Browser; ended: Promise<false> }> {
  const browser = await openBrowser();
  const ended = new Promise<false>((resolve) => browser.once("disconnected", () => resolve(false)));
  return { browser, ended };
}

async function actsIn(browser: Browser, payload: string): Promise<boolean> {
  const page = await browser.newPage();
  await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: `<body>${payload}` }));
  const { ran, asked } = await watch(page, "http://bare.example");
  await page.goto("http://bare.example/", { waitUntil: "commit" });
  await page.waitForTimeout(settleMs);
  const acts = ran.length > 0 || asked().some((url) => url.includes(evilHost));
  await page.close();
  return acts;
}

const senderOf = (place: number): string => `avsandare${place}@example.org`;

/** A mail per payload with it in every place that a mail has, and a note. Gives the ids of the cases. */
async function mailAll(system: System, tried: readonly string[]): Promise<readonly string[]> {
  for (const [place, payload] of tried.entries()) {
    await sendComposed(system, {
      from: { name: payload.replaceAll("\n", " "), address: senderOf(place) },
      subject: payload.replaceAll("\n", " "),
      text: payload,
      html: `<p>märke</p>${payload}`,
      attachments: [{ filename: payload.replaceAll("\n", " "), content: "x" }],
    });
  }
  await system.quiet();
  const bySender = await casesBySender(system);
  const ids = tried.map((_, place) => bySender.get(senderOf(place)) ?? "");
  for (const [place, caseId] of ids.entries()) {
    const { body } = await ask(system, `/cases/${caseId}`, amina);
    const note = { version: body.case.version, text: tried[place] };
    const { status } = await change(system, `/cases/${caseId}/notes`, amina, note);
    if (status !== 200) throw new Error(`payload ${place}: no note (${status})`);
  }
  return ids;
}

async function casesBySender(system: System): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const { body } = await ask(system, `/cases/worklists/unassigned${query}`, amina);
    for (const { caseId, sender } of body.cases) found.set(sender.address, caseId);
    cursor = body.cursor;
  } while (cursor !== null);
  return found;
}

/** Opens every case and looks at its mail as it was sent. Says how many frames showed the mail. */
async function readAll(
  page: Page,
  system: System,
  ids: readonly string[],
  say: Bench["say"],
): Promise<number> {
  let shown = 0;
  for (const [place, caseId] of ids.entries()) {
    await page.goto(`${system.origin}/#/arende/${caseId}`);
    const toggle = page.getByRole("button", { name: "Visa som det skickades" });
    await toggle.waitFor();
    if ((await toggle.getAttribute("aria-pressed")) === "false") await toggle.click();
    const frame = page.locator("iframe.mail-frame");
    await frame.waitFor();
    await page.getByText("Bara för kollegor", { exact: true }).waitFor();
    await page.waitForTimeout(settleMs);
    shown += await frame.contentFrame().getByText("märke").count();
    if ((place + 1) % 20 === 0) say(`${place + 1} of ${ids.length} read`);
  }
  return shown;
}

async function readLists(page: Page, system: System, count: number): Promise<void> {
  await page.goto(`${system.origin}/#/att-ta-hand-om`);
  const rows = page.locator(".case-table tbody tr");
  await rows.first().waitFor();
  for (let more = 50; more < count; more += 50) {
    await page.getByRole("button", { name: "Visa fler" }).click();
    await rows.nth(more).waitFor();
  }
  await page.waitForTimeout(settleMs);
}

/** Addresses that lead nowhere: what they hold is shown, or not, in an error. */
async function readErrors(page: Page, system: System, tried: readonly string[]): Promise<void> {
  for (const payload of tried) {
    for (const way of ["", "nummer/", "arende/"]) {
      await page.goto(`${system.origin}/#/${way}${encodeURIComponent(payload)}`);
      await page.getByRole("heading", { name: /finns inte/ }).waitFor();
    }
  }
  await page.waitForTimeout(settleMs);
}

export const r43: ProvingCase = {
  id: "R43",
  title: "hostile HTML in every place that shows what somebody wrote",
  run: (bench) => hostileHtml(bench, payloads),
};

/** Some of each sort, for a quick run. */
export const somePayloads = payloads.filter((_, place) => place % 8 === 4);
