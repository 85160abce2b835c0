import type { System } from "../../local/system.ts";
import { ask, change } from "../api-client.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { sendComposed } from "../composed-mail.ts";

/** What a scanner must say of a file, and so what an agent gets: it, a no, or a question first. */
type Outcome = "handed-out" | "infected" | "unscannable";
type Hostile = { name: string; content: Buffer; contentType?: string; outcome: Outcome };

/** The test file that every scanner knows (EICAR), in two halves so that none takes this file for it. */
const virus = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const page = "<script>alert(1)</script>";
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>`;

/** A zip archive of one stored entry (APPNOTE.TXT §4.3.7); `locked`: its flag says that it is encrypted. */
function zip(entry: string, { locked = false, claims = 4 } = {}): Buffer {
  const name = Buffer.from(entry);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(locked ? 1 : 0, 6);
  header.writeUInt32LE(4, 18);
  header.writeUInt32LE(claims, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, Buffer.from("data")]);
}

const clean = (name: string, content: Buffer | string = "x", contentType?: string): Hostile => ({
  name,
  content: Buffer.from(content),
  ...(contentType === undefined ? {} : { contentType }),
  outcome: "handed-out",
});
const infected = (name: string, content = virus): Hostile => ({
  name,
  content: Buffer.from(content),
  outcome: "infected",
});
const locked = (name: string): Hostile => ({
  name,
  content: zip("hemligt.docx", { locked: true }),
  outcome: "unscannable",
});

/** Files as they are sent to do harm: by what they are, and by what they are called. */
const hostile: readonly Hostile[] = [
  infected("eicar.com"),
  infected("faktura.pdf"),
  infected("bild.png", `GIF89a${virus}`),
  infected("brev.txt", `Hej!\n${virus}\n`),
  infected("arkiv.zip", `PK\u0003\u0004${virus}`),
  locked("handlingar.zip"),
  locked("ansökan.docx"),
  clean("makron.docm", zip("word/vbaProject.bin"), "application/vnd.ms-word.document.macroEnabled.12"),
  clean("kalkyl.xlsm", zip("xl/vbaProject.bin")),
  clean("bomb-42.zip", zip("0.bin", { claims: 0xffff_fff0 }), "application/zip"),
  clean("utbrytare.zip", zip("../../../../etc/passwd"), "application/zip"),
  clean("../../etc/passwd"),
  clean("..\\..\\Windows\\System32\\calc.exe"),
  clean("/etc/shadow"),
  clean("C:\\autoexec.bat"),
  clean("sida.html", page, "text/html"),
  clean("sida.xhtml", page, "application/xhtml+xml"),
  clean("ritning.svg", drawing, "image/svg+xml"),
  clean("genväg.lnk", Buffer.from("4c0000000114020000000000c000000000000046", "hex")),
  clean("genväg.url", "[InternetShortcut]\r\nURL=https://evil.example/\r\n"),
  clean("faktura.pdf.exe", Buffer.from("4d5a9000", "hex"), "application/pdf"),
  clean("foto.jpg                                                        .scr"),
  clean("faktura\u202Efdp.exe"),
  clean("rapport\u2066gpj\u2069.js"),
  clean(".htaccess"),
  clean("skript.js", "alert(1)", "text/javascript"),
  clean(`namn"; filename="ond.html`, page, "text/html"),
  clean("rad\r\nSet-Cookie: a=b", page, "text/html"),
  clean(`${"å".repeat(300)}.pdf`),
  clean("con.txt\u0000.html", page, "text/html"),
];

/** Hostile files through the SMTP port and the API: nothing opens in place, and only what is clean is handed out. */
export async function hostileFiles({ say }: Bench): Promise<Figure> {
  return await withSystem({ functionsAs: "threads" }, async (system) => {
    const violations: string[] = [];
    for (const [place, file] of hostile.entries()) await sendFile(system, place, file);
    await system.quiet();
    const paths = await filePaths(system);
    let held = 0;
    for (const [place, file] of hostile.entries()) {
      const faults = await tryOne(system, paths.get(senderOf(place)), file);
      if (faults.length === 0) held += 1;
      violations.push(...faults.map((fault) => `${JSON.stringify(file.name.slice(0, 40))}: ${fault}`));
    }
    say(`${held} of ${hostile.length} hold`);
    return { holds: held === hostile.length, files: hostile.length, held, violations };
  });
}

const amina = { sub: "amina" };

const senderOf = (place: number): string => `fil${place}@example.org`;

async function sendFile(system: System, place: number, file: Hostile): Promise<void> {
  const { name: filename, content, contentType } = file;
  await sendComposed(system, {
    from: { name: "Åsa", address: senderOf(place) },
    subject: `Fil ${place}`,
    text: "Se bilagan.",
    attachments: [{ filename, content, ...(contentType === undefined ? {} : { contentType }) }],
  });
}

async function tryOne(system: System, path: string | undefined, file: Hostile): Promise<readonly string[]> {
  if (path === undefined) return ["the mail has no file"];
  const first = await change(system, path, amina, { anyway: false });
  if (file.outcome === "handed-out") return await faultsOfHandedOut(first, file);
  const code = first.body.error?.code;
  if (first.status !== 409 || code !== file.outcome) return [`asked: ${first.status} ${code}`];
  const anyway = await change(system, path, amina, { anyway: true });
  if (file.outcome === "unscannable") return await faultsOfHandedOut(anyway, file);
  return anyway.status === 409 ? [] : [`asked anyway: ${anyway.status}`];
}

/** Where each mail's file is asked for, by who sent it. */
async function filePaths(system: System): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  const { body } = await ask(system, "/cases/worklists/unassigned", amina);
  for (const { caseId, sender } of body.cases) {
    const [message] = (await ask(system, `/cases/${caseId}`, amina)).body.messages;
    const sha256 = message.attachments[0]?.sha256;
    if (sha256 !== undefined)
      paths.set(sender.address, `/cases/${caseId}/messages/${message.messageId}/files/${sha256}`);
  }
  return paths;
}

type Answer = Awaited<ReturnType<typeof change>>;

/** What is wrong with a file that was handed out, as a browser meets it. */
async function faultsOfHandedOut({ status, body }: Answer, file: Hostile): Promise<readonly string[]> {
  if (status !== 200) return [`asked: ${status} ${body.error?.code}`];
  const answer = await fetch(body.url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const disposition = answer.headers.get("content-disposition") ?? "";
  const faults: string[] = [];
  if (answer.status !== 200) faults.push(`fetched: ${answer.status}`);
  if (!bytes.equals(file.content)) faults.push("other bytes than were sent");
  if (answer.headers.get("content-type") !== "application/octet-stream")
    faults.push(`type ${answer.headers.get("content-type")}`);
  if (!disposition.startsWith("attachment; ")) faults.push(`disposition ${disposition}`);
  if (answer.headers.get("set-cookie") !== null) faults.push("a header of the name's own");
  const saved = decodeURIComponent(/filename\*=UTF-8''([^;]*)$/.exec(disposition)?.[1] ?? "");
  if (saved === "" || saved !== body.name) faults.push(`saved as ${saved}, named ${body.name}`);
  if (/[/\\:*?"<>|\p{Cc}\p{Cf}]/u.test(saved) || /^[.\s]|[.\s]$/.test(saved) || [...saved].length > 120)
    faults.push(`unsafe name ${JSON.stringify(saved)}`);
  return faults;
}

export const r45: ProvingCase = {
  id: "R45",
  title: "hostile files: never opened in place, handed out only when clean or asked for knowingly",
  run: hostileFiles,
};
