import { readFileSync } from "node:fs";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { System } from "../../local/system.ts";
import { faultsOf, openBrowser, pageOf, strangersAsked } from "../browser.ts";
import { send } from "../mail.ts";
import { startTestSystem } from "../system.ts";
import { tnef } from "../tnef.ts";

let system: System;
let browser: Browser;
let page: Page;
/** What the browser asked of anybody but the system, and what it ran that it should not. */
let asked: () => readonly string[];
const ran: string[] = [];
beforeAll(async () => {
  [system, browser] = await Promise.all([startTestSystem(), openBrowser()]);
  page = await pageOf(browser, system.origin, "Amina");
  page.on("dialog", (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  asked = strangersAsked(page, system.origin);
  await page.exposeFunction("ran", (what: string) => ran.push(what));
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

type Composed = NonNullable<ConstructorParameters<typeof MailComposer>[0]>;

async function sendMail(mail: Composed): Promise<void> {
  const from = "asa@example.org";
  const raw = await new MailComposer({
    from: { name: "Åsa Ek", address: from },
    to: "kommunen@example.se",
    ...mail,
  })
    .compile()
    .build();
  await send(system.smtpPort, raw, { from });
  await system.quiet();
}

async function open(subject: string): Promise<void> {
  await page.goto(`${system.origin}/#/mina`);
  await page.getByRole("link", { name: "Att ta hand om" }).click();
  await page.reload();
  await page.getByRole("link", { name: subject }).click();
  await page.getByRole("heading", { name: subject }).waitFor();
}

const thread = [
  "Hej Jonas,",
  "",
  "tack, men handläggningstiden som du nämner kan inte stämma. Grannen väntade i",
  "sju veckor på precis samma sak, och vi vill bygga före midsommar.",
  "",
  "Kan någon ringa mig?",
  "",
  "Med vänlig hälsning",
  "Åsa Ek",
  "070-174 06 10",
  "",
  "Från: Björkeby kommun <kommunen@example.se>",
  "Skickat: den 23 november 2026 10:12",
  "Till: Åsa Ek <asa@example.org>",
  "Ämne: Sv: Altan",
  "",
  "Hej Åsa,",
  "handläggningstiden är ungefär tio veckor.",
  "",
  "-----Ursprungligt meddelande-----",
  "Från: Åsa Ek <asa@example.org>",
  "Skickat: den 22 november 2026 21:40",
  "Till: kommunen@example.se",
  "Ämne: Altan",
  "",
  "Hej, hur lång tid tar ett bygglov för en altan?",
].join("\n");

test("a thread from Outlook reads well: what is written now is open, what is quoted is a button away", async () => {
  await sendMail({ subject: "Sv: Sv: Altan på Ekbacksvägen", text: thread });
  await open("Sv: Sv: Altan på Ekbacksvägen");
  await page.getByText("Kan någon ringa mig?").waitFor();
  expect(await page.getByText("ungefär tio veckor").isVisible()).toBe(false);
  const fold = page.getByRole("button", { name: /^Visa citerad text, \d+ rader$/ });
  expect(await fold.getAttribute("aria-expanded")).toBe("false");
  await fold.focus();
  await page.keyboard.press("Enter");
  await page.getByText("ungefär tio veckor").waitFor();
  await page.getByText("hur lång tid tar ett bygglov").waitFor();
  expect(await faultsOf(page, "mail-thread")).toEqual([]);
  await page.getByRole("button", { name: "Dölj citerad text" }).click();
  expect(await page.getByText("ungefär tio veckor").isVisible()).toBe(false);
});

const hostile = [
  "<html><head><style>p{color:#036} .x{background:url(https://evil.example/css.png)} @import 'https://evil.example/a.css';</style>",
  '<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/"></head>',
  '<body onload="ran(1)"><h1>Hej från föreningen</h1><p class="x">Vi vill låna <b>sporthallen</b>.</p>',
  "<script>ran('script')</script><img src=x onerror=\"ran('onerror')\"><svg onload=\"ran('svg')\"></svg>",
  '<iframe src="https://evil.example/frame"></iframe><form action="https://evil.example/"><input name=q><button>Skicka</button></form>',
  '<p><a href="https://evil.example/login" ping="https://evil.example/ping">www.bjorkeby.example.se</a>',
  ' <a href="javascript:ran(2)">mer</a></p>',
  '<img src="https://evil.example/pixel.png" width="1" height="1"><img src="https://evil.example/logo.png" alt="Vår logga">',
  '<img src="cid:karta@example.org" alt="karta"></body></html>',
].join("\n");

test("a hostile HTML mail is text, and as it was sent still runs nothing and asks nobody", async () => {
  await sendMail({
    subject: "Låna sporthallen",
    text: "Vi vill låna sporthallen.",
    html: hostile,
    attachments: [
      { filename: "karta.png", content: Buffer.from("89504e47", "hex"), cid: "karta@example.org" },
    ],
  });
  await open("Låna sporthallen");
  await page.getByText("Vi vill låna sporthallen.").waitFor();
  expect(await page.locator("iframe").count()).toBe(0);
  await page.getByRole("button", { name: "Visa som det skickades" }).click();
  const frame = page.frameLocator("iframe.mail-frame");
  await frame.getByRole("heading", { name: "Hej från föreningen" }).waitFor();
  await frame.getByText("(leder till evil.example)").waitFor();
  await frame.getByText("Bild bland bilagorna: karta.png").waitFor();
  await frame.getByText("Bild: Vår logga").waitFor();
  expect(
    await frame.locator("form, input, button, iframe, script, base, svg, meta[http-equiv=refresh]").count(),
  ).toBe(0);
  expect(await page.locator("iframe").getAttribute("sandbox")).toBe("allow-popups");
  await page.waitForTimeout(500);
  expect([ran, asked()]).toEqual([[], []]);
  expect(await faultsOf(page, "mail-as-sent")).toEqual([]);
});

test("pictures from the net come after a click, and what was chosen holds for the next mail", async () => {
  await page.route("https://evil.example/**", (route) => route.fulfill({ status: 404, body: "" }));
  await page.getByRole("button", { name: "Visa bilder från nätet" }).click();
  await expect.poll(() => asked().some((url) => url.endsWith("/logo.png"))).toBe(true);
  expect(asked().filter((url) => !/\.png$/.test(url))).toEqual([]);
  expect(asked().filter((url) => url.endsWith("pixel.png"))).toEqual([]);
  expect(ran).toEqual([]);
  await page.reload();
  await page.frameLocator("iframe.mail-frame").getByText("Hej från föreningen").waitFor();
  await page.getByRole("button", { name: "Visa som det skickades" }).click();
  await page.getByText("Vi vill låna sporthallen.").waitFor();
});

test("files are saved, never shown; an infected one is not handed out, and a locked one after a question", async () => {
  const virus = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
  const locked = Buffer.concat([Buffer.from("504b0304140001000000", "hex"), Buffer.alloc(40)]);
  await sendMail({
    subject: "Papper till ansökan",
    text: "Se bilagorna.",
    attachments: [
      { filename: "ritning.html", content: "<script>ran('file')</script>" },
      { filename: "faktura.pdf.exe", content: virus },
      { filename: "handlingar.zip", content: locked },
    ],
  });
  await open("Papper till ansökan");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Ladda ner ritning.html" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("ritning.html");
  expect(readFileSync(await saved.path(), "utf8")).toBe("<script>ran('file')</script>");
  await page.getByRole("button", { name: "Ladda ner faktura.pdf.exe" }).click();
  await page.getByText("Innehåller skadlig kod: lämnas inte ut.").waitFor();
  await page.getByRole("button", { name: "Ladda ner handlingar.zip" }).click();
  await page.getByText("går inte att genomsöka").waitFor();
  expect(await faultsOf(page, "mail-files")).toEqual([]);
  const [anyway] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Ladda ner ändå handlingar.zip" }).click(),
  ]);
  expect(anyway.suggestedFilename()).toBe("handlingar.zip");
  expect(page.url()).toContain(system.origin);
  expect(ran).toEqual([]);
});

test("what a mail means for whoever answers it is said beside it", async () => {
  await sendMail({
    subject: "Fråga om båtplats",
    text: "Finns det lediga båtplatser i Björkviken?",
    replyTo: "ordforande@example.net",
    cc: ["kassor@example.org", "sekreterare@example.org"],
  });
  await open("Fråga om båtplats");
  await page
    .getByText(
      "Svar går till asa@example.org, inte till den svarsadress som mejlet anger: ordforande@example.net.",
    )
    .waitFor();
  await page.getByText("Mejlet gick också till 2 andra mottagare", { exact: false }).waitFor();
  expect(await faultsOf(page, "mail-notes")).toEqual([]);
  await sendMail({
    subject: "Hemligt",
    raw: [
      "From: Åsa <asa@example.org>",
      "To: kommunen@example.se",
      "Subject: Hemligt",
      "MIME-Version: 1.0",
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
      "Content-Transfer-Encoding: base64",
      'Content-Disposition: attachment; filename="smime.p7m"',
      "",
      "MIIBHgYJKoZIhvcNAQcDoIIBDzCCAQsCAQA=",
      "",
    ].join("\r\n"),
  });
  await open("Hemligt");
  await page
    .getByText("Krypterat: kan inte läsas här. Be om ett nytt mejl utan kryptering, ring eller skriv brev.")
    .waitFor();
  expect(await faultsOf(page, "mail-encrypted")).toEqual([]);
});

test("files that a winmail.dat holds are beside it, and say where they lay", async () => {
  await sendMail({
    subject: "Ritningar",
    text: "Se bilagan.",
    attachments: [
      {
        filename: "winmail.dat",
        contentType: "application/ms-tnef",
        content: tnef([{ name: "plan.pdf", content: "%PDF-1.7" }]),
      },
    ],
  });
  await open("Ritningar");
  const files = page.getByRole("region", { name: "Bilagor" }).getByRole("listitem");
  await files.filter({ hasText: "plan.pdf" }).getByText("uppackad ur winmail.dat").waitFor();
  expect(await files.count()).toBe(2);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Ladda ner plan.pdf" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("plan.pdf");
});

test("a long mail is read to its end in two steps", async () => {
  const lines = Array.from({ length: 300 }, (_, n) => `Rad ${n + 1} om grannens häck.`);
  await sendMail({ subject: "Häcken", text: lines.join("\n") });
  await open("Häcken");
  await page.getByText("Rad 1 om grannens häck.", { exact: false }).first().waitFor();
  expect(await page.getByText("Rad 300 om").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Visa resten av texten, 250 rader" }).click();
  await page.getByText("Rad 300 om", { exact: false }).waitFor();
});
