import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page, type Request } from "playwright-core";
import { ROOT } from "../infra/build.ts";
import { findChromium } from "../local/installed.ts";

/** Where the pictures of a run with `PICTURES=yes` go: look at them after a change. Not kept in the repository. */
const pictures = join(ROOT, "screenshots");
const wanted = process.env["PICTURES"] ?? "";

export function openBrowser(): Promise<Browser> {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      // Which ends the browser when a busy machine leaves it without a processor for long.
      "--disable-gpu-watchdog",
      "--disable-background-networking",
      "--disable-quic",
      "--no-first-run",
    ],
  });
}

/**
 * What a page's windows ask of anybody but the system, from now on. What a Content-Security-Policy stopped has left the
 * browser's log, not the browser, and is not counted.
 */
export function strangersAsked(page: Page, origin: string): () => readonly string[] {
  const requests: Request[] = [];
  page.context().on("request", (request) => {
    const own = ["data:", "about:", "blob:"].some((scheme) => request.url().startsWith(scheme));
    if (!own && new URL(request.url()).origin !== origin) requests.push(request);
  });
  return () => requests.filter((one) => one.failure()?.errorText !== "csp").map((one) => one.url());
}

/** How a page is opened: nothing moves, since what fades in has too little contrast while it does. */
export const still = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;

/** A page of its own for one of the demo's staff, signed in, at an address of the console. */
export async function pageOf(browser: Browser, origin: string, name: string, hash = "#/"): Promise<Page> {
  const context = await browser.newContext(still);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${origin}/${hash}`);
  await page.getByRole("button", { name: "Logga in" }).click();
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Logga ut" }).waitFor();
  return page;
}

/** Both schemes and both widths, in two looks. `PICTURES=all` takes the other two pairs as well. */
const looks = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 360 },
  ...(wanted === "all"
    ? ([
        { scheme: "light", width: 360 },
        { scheme: "dark", width: 1280 },
      ] as const)
    : []),
] as const;

export type Finding = { picture: string; faults: readonly string[]; sideways: boolean };

/**
 * Looks at a page in both colour schemes and both widths: takes a picture if any are wanted, runs axe (WCAG 2.2 AA), and checks that
 * nothing scrolls sideways. Returns only what is wrong.
 */
export async function faultsOf(page: Page, name: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { scheme, width } of looks) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 800 });
    const picture = `${name}-${scheme}-${width}.png`;
    if (wanted !== "") await page.screenshot({ path: join(pictures, picture), fullPage: true });
    const faults = await violationsOn(page);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (faults.length > 0 || sideways) findings.push({ picture, faults, sideways });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return findings;
}

async function violationsOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    // In the page itself, without a second one for the sum: that one is for frames of other origins, and there are none.
    .setLegacyMode()
    // A mail as it was sent: its words and colours are its sender's, and no script runs there, axe's neither.
    .exclude("iframe[sandbox]")
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
