import type { System } from "../../local/system.ts";
import { rawMail } from "../../test/mail.ts";
import { withSystem } from "../bench-system.ts";
import type { Bench, Figure, ProvingCase } from "../case.ts";
import { outcomes, type Post, postAll, withFields } from "../mails.ts";

type Variant = {
  what: string;
  /** Header lines on top of an ordinary mail's. */
  fields?: readonly string[];
  subject?: string;
  from?: string;
  /** The envelope's sender, where it is not the one in From. */
  envelope?: string;
  /** RFC 3834 §2: an automatic answer only to what a person wrote to us. */
  acknowledged: boolean;
};

const machine = (what: string, ...fields: string[]): Variant => ({ what, fields, acknowledged: false });
const person = (what: string, ...fields: string[]): Variant => ({ what, fields, acknowledged: true });

const variants: readonly Variant[] = [
  person("nothing special"),
  person("no, by RFC 3834 §5", "Auto-Submitted: no"),
  person("no, in other letters and with a comment", "AUTO-SUBMITTED: No (by hand)"),
  machine("auto-generated", "Auto-Submitted: auto-generated"),
  machine("auto-replied", "Auto-Submitted: auto-replied"),
  machine("auto-replied with parameters", 'Auto-Submitted: auto-replied; owner-email="a@example.org"'),
  machine("auto-notified", "Auto-Submitted: auto-notified"),
  machine("a kind that nobody knows", "Auto-Submitted: x-nattjobb"),
  machine("folded over two lines", "Auto-Submitted:\r\n auto-generated"),
  machine("a list, RFC 2919", "List-Id: Nytt <nytt.example.org>"),
  machine("a newsletter, RFC 2369", "List-Unsubscribe: <mailto:av@example.org>"),
  machine("a list of its own", "List-Post: <mailto:lista@example.org>", "Precedence: list"),
  machine("bulk", "Precedence: bulk"),
  machine("junk", "Precedence: junk"),
  person("first class", "Precedence: first-class"),
  { what: "empty return path", envelope: "", acknowledged: false },
  {
    what: "a delivery report",
    envelope: "",
    from: "MAILER-DAEMON@example.org",
    subject: "Undelivered Mail Returned to Sender",
    acknowledged: false,
  },
  machine(
    "Exchange, out of office",
    "X-Auto-Response-Suppress: All",
    "Auto-Submitted: auto-generated",
    "X-MS-Exchange-Inbox-Rules-Loop: asa@example.org",
  ),
  machine("Exchange, no automatic answers", "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"),
  person("Exchange, nothing to suppress", "X-Auto-Response-Suppress: None"),
  person("Outlook, by hand", "X-Mailer: Microsoft Outlook 16.0", "Thread-Topic: Plogning", "X-Priority: 1"),
  machine("Gmail, vacation", "Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: bulk"),
  person("Gmail, by hand", "X-Gm-Message-State: AOJu0Yx", "X-Google-Smtp-Source: AGHT"),
  machine("vacation(1)", "Auto-Submitted: auto-replied (vacation)", "Precedence: junk"),
  machine("an autoresponder of old", "X-Autorespond: Tack"),
  machine("another", "X-Mail-Autoreply: 1"),
  machine("cPanel", "X-Autoresponse: whmcs"),
  machine("Domino", "X-AutoReply-From: asa@example.org"),
  machine("a mark against loops", "X-Loop: asa@example.org"),
  machine("Amazon's relay", "X-AMAZON-MAIL-RELAY-TYPE: notification"),
  { what: "Automatiskt svar", subject: "Automatiskt svar: Plogning", acknowledged: false },
  { what: "Autosvar behind Sv", subject: "Sv: Autosvar: Plogning", acknowledged: false },
  {
    what: "Frånvaro",
    subject: "=?utf-8?Q?Fr=C3=A5nvaro:_tillbaka_p=C3=A5_m=C3=A5ndag?=",
    acknowledged: false,
  },
  { what: "Frånvarande in Latin-1", subject: "=?iso-8859-1?Q?Fr=E5nvarande?=", acknowledged: false },
  { what: "Inte på kontoret", subject: "=?utf-8?B?SW50ZSBww6Uga29udG9yZXQ=?=", acknowledged: false },
  { what: "Out of Office", subject: "Out of Office: Plogning", acknowledged: false },
  {
    what: "a question about absence",
    subject: "=?utf-8?Q?Fr=C3=A5gor_om_fr=C3=A5nvaro?=",
    acknowledged: true,
  },
  {
    what: "a question about automatic doors",
    subject: "Automatisk port som inte svarar",
    acknowledged: true,
  },
  { what: "no-reply", from: "no-reply@example.org", acknowledged: false },
  { what: "a person whose name begins so", from: "noreen.ek@example.org", acknowledged: true },
];

/** Every form in which machines and people write: a case for each, an acknowledgement for people alone. */
export async function headerVariants(system: System, { say }: Bench): Promise<Figure> {
  const ids = await postAll(system, variants.map(mailOf));
  await system.quiet();
  say(`${ids.length} mails`);
  const outcomeOf = await outcomes(system);
  const faults: string[] = [];
  let cases = 0;
  let acknowledged = 0;
  for (const [n, variant] of variants.entries()) {
    const outcome = await outcomeOf(ids[n] ?? "");
    const found = outcome?.cases.length ?? 0;
    const sent = outcome?.acknowledgements.length ?? 0;
    cases += found;
    acknowledged += sent;
    if (found !== 1) faults.push(`${variant.what}: ${found} cases`);
    if (sent !== Number(variant.acknowledged)) faults.push(`${variant.what}: ${sent} acknowledgements`);
  }
  const wanted = variants.filter((one) => one.acknowledged).length;
  return {
    holds: faults.length === 0 && cases === variants.length && acknowledged === wanted,
    variants: variants.length,
    cases,
    ofPeople: wanted,
    acknowledged,
    right: `${variants.length - new Set(faults.map((fault) => fault.split(": ")[0])).size}/${variants.length}`,
    faults,
  };
}

function mailOf({ fields = [], subject = "Plogning", from, envelope }: Variant, n: number): Post {
  const address = from ?? `form${n}@example.org`;
  const raw = rawMail({ from: address, subject, messageId: `form-${n}@example.org` });
  return { raw: withFields(fields, raw), from: envelope ?? address };
}

export const r30: ProvingCase = {
  id: "R30",
  title: "forty forms in which machines and people write",
  run: (bench) =>
    withSystem({ functionsAs: "threads", visibilitySeconds: 30 }, (system) => headerVariants(system, bench)),
};
