import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { ROOT } from "../infra/build.ts";
import { findChromium } from "../local/installed.ts";

/** Where the pictures of a run go: look at them after a change. Not kept in the repository. */
const pictures = join(ROOT, "screenshots");

export function openBrowser(): Promise<Browser> {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-quic",
      "--no-first-run",
    ],
  });
}

const looks = [
  { scheme: "light", width: 1280 },
  { scheme: "light", width: 360 },
  { scheme: "dark", width: 1280 },
  { scheme: "dark", width: 360 },
] as const;

export type Finding = { picture: string; faults: readonly string[]; sideways: boolean };

/**
 * Looks at a page in both colour schemes and both widths: takes a picture of each, runs axe (WCAG 2.2 AA), and checks
 * that nothing scrolls sideways. Returns only what is wrong.
 */
export async function faultsOf(page: Page, name: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { scheme, width } of looks) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 800 });
    const picture = `${name}-${scheme}-${width}.png`;
    await page.screenshot({ path: join(pictures, picture), fullPage: true });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (faults.length > 0 || sideways) findings.push({ picture, faults, sideways });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return findings;
}
