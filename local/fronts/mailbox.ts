import PostalMime, { decodeWords } from "postal-mime";
import type { SentMail } from "./ses.ts";

export const mailboxPath = "/mailbox";

/** The page that shows what went out: a list, and each mail by its id. Undefined for an id that there is not. */
export async function mailboxPage(
  path: string,
  sent: readonly SentMail[],
  ownAddresses: readonly string[],
): Promise<string | undefined> {
  const id = path.slice(mailboxPath.length + 1);
  if (id === "") return listPage(await Promise.all(sent.toReversed().map(summary)));
  const mail = sent.find((one) => one.id === id);
  return mail === undefined ? undefined : await mailPage(mail, ownAddresses);
}

async function summary(mail: SentMail): Promise<string> {
  const { subject } = await PostalMime.parse(mail.raw);
  const to = mail.to.map(escaped).join(", ");
  return `<li><a href="${mailboxPath}/${mail.id}">${escaped(subject ?? "(inget ämne)")}</a><br>till ${to}, ${swedish(mail.at)}</li>`;
}

function listPage(rows: readonly string[]): string {
  const list = rows.length === 0 ? "<p>Inget har skickats än.</p>" : `<ul>${rows.join("")}</ul>`;
  return page("Skickade mejl", `<h1>Skickade mejl</h1><p>Inget lämnar den här datorn.</p>${list}`);
}

async function mailPage(mail: SentMail, ownAddresses: readonly string[]): Promise<string> {
  const parsed = await PostalMime.parse(mail.raw);
  const shown = ["from", "to", "reply-to", "subject", "message-id", "in-reply-to", "auto-submitted"];
  const fields = parsed.headers
    .filter(({ key }) => shown.includes(key))
    .map(
      ({ originalKey, value }) => `<dt>${escaped(originalKey)}</dt><dd>${escaped(decodeWords(value))}</dd>`,
    );
  const html =
    parsed.html === undefined
      ? ""
      : `<iframe sandbox title="HTML" srcdoc="${escaped(parsed.html)}"></iframe>`;
  const subject = escaped(parsed.subject ?? "(inget ämne)");
  const back = `<p><a href="${mailboxPath}">Alla skickade mejl</a></p>`;
  return page(
    subject,
    `${back}<h1>${subject}</h1><dl>${fields.join("")}</dl><pre>${withLinks(escaped(parsed.text ?? ""), ownAddresses)}</pre>${html}`,
  );
}

/** The mail's own addresses lead to where this machine has them. */
function withLinks(text: string, ownAddresses: readonly string[]): string {
  return text.replace(/https:\/\/[^\s<]+/g, (address) => {
    const own = ownAddresses.find((one) => address.startsWith(`${one}/`));
    return own === undefined ? address : `<a href="${address.slice(own.length)}">${address}</a>`;
  });
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<style>body{font:1rem/1.5 system-ui;margin:2rem auto;padding:0 1rem;max-width:44rem;overflow-wrap:anywhere}li{margin:.8rem 0}
pre{white-space:pre-wrap;font:inherit;border:1px solid;border-radius:.4rem;padding:1rem}dt{font-weight:600}dd{margin:0 0 .4rem}
iframe{width:100%;height:24rem;border:1px solid}</style><main>${body}</main></html>`;
}

function swedish(instant: string): string {
  return new Date(instant).toLocaleString("sv-SE", { timeZone: "Europe/Stockholm" });
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
