import { swedishDate } from "#shared/time/swedish-date.ts";
import { type Around, CitizenPage } from "#web/citizen/layout.tsx";
import type { Case } from "../register/case.ts";
import type { Transfer } from "../register/tasks.ts";
import { type Step, stepOf } from "./citizen-case.ts";

export type ShownMessage = {
  at: Date;
  ours: boolean;
  by: string;
  text: string;
  /** What went along with an answer of ours. */
  files: readonly { name: string; bytes: number; href: string }[];
};

export type CasePageProps = {
  around: Around;
  theCase: Case;
  /** Who is at work: units by name. Empty where nothing of it may be shown. */
  units: readonly string[];
  /** What the authority that has the matter has said. */
  transfer: { authority: string; row: Transfer } | undefined;
  /** Empty for a secret case. */
  messages: readonly ShownMessage[];
  /** Makes two sendings of one form one message. */
  formId: string;
  /** The form's address: the page's own, without anything after `?`. */
  action: string;
  sent: boolean;
  /** The form came back: what was written, and what is wrong with it. */
  written?: { text: string; wrong: string } | undefined;
};

/** A citizen's page about their case: where it stands, who has it, by when they hear, what was written, and room to add. */
export function CasePage(props: CasePageProps) {
  const { around, theCase, written } = props;
  const title = written === undefined ? "Ditt ärende" : "Fel: Ditt ärende";
  return (
    <CitizenPage title={title} around={around}>
      {written !== undefined && (
        <div class="box bad" role="alert">
          <h2>Det gick inte att skicka</h2>
          <p>
            <a href="#text">{written.wrong}</a>
          </p>
        </div>
      )}
      {props.sent && (
        <div class="box good" role="status">
          <p>
            <strong>Tack! Ditt meddelande har kommit in.</strong> Vi hör av oss om vi behöver veta mer.
          </p>
        </div>
      )}
      <h1>
        Ärende <span class="whole">{theCase.caseNumber}</span>
      </h1>
      <p class="lead">{inWords(props)}</p>
      <Steps step={stepOf(theCase)} />
      <AtAuthority transfer={props.transfer} />
      {theCase.access === "secret" ? <Hidden phone={around.phone} /> : <Messages {...props} />}
      <ReplyForm {...props} />
    </CitizenPage>
  );
}

/** Where the case stands, in one or two sentences. */
function inWords({ theCase, units, around }: CasePageProps): string {
  const when = swedishDate(theCase.nextDate);
  switch (theCase.status) {
    case "closed":
      return "Ärendet är avslutat. Har du fler frågor? Skriv till oss här nedanför, så öppnar vi det igen.";
    case "waiting":
      return theCase.told === null
        ? `${around.serviceCentre} har ditt ärende. Du hör från oss senast ${when}.`
        : "Vi har svarat dig. Har du fler frågor? Skriv till oss här nedanför.";
    case "with-unit": {
      const who = units.length === 0 ? "en handläggare" : units.join(" och ");
      return `Vi har frågat ${who}. Du får svar senast ${when}, och det är ${around.serviceCentre} som ser till att det blir av.`;
    }
    case "transferring":
      return "Vi lämnar över ärendet till den nämnd som ska utreda det. Vi hör av oss när den har tagit emot det.";
    case "ours":
      return `${around.serviceCentre} har ditt ärende. Du får svar senast ${when}.`;
  }
}

const steps: readonly { step: Step; text: string }[] = [
  { step: "received", text: "Mottaget" },
  { step: "at-work", text: "Någon arbetar med det" },
  { step: "answered", text: "Svar klart" },
];

function Steps({ step }: { step: Step }) {
  const at = steps.findIndex((one) => one.step === step);
  return (
    <ol class="steps" aria-label="Så långt har ärendet kommit">
      {steps.map(({ text }, place) => {
        const last = at === steps.length - 1;
        const state = place < at || (last && place === at) ? "done" : place === at ? "now" : undefined;
        return (
          <li key={text} class={state} aria-current={place === at ? "step" : undefined}>
            {text}
          </li>
        );
      })}
    </ol>
  );
}

function AtAuthority({ transfer }: Pick<CasePageProps, "transfer">) {
  if (transfer === undefined || transfer.row.state !== "acknowledged") return null;
  const { row, authority } = transfer;
  return (
    <div class="box">
      <p>
        <strong>{authority} har tagit över ärendet.</strong>
      </p>
      <p>
        Deras diarienummer är {row.diaryNumber}. Du kan vända dig till {row.contact}.
        {row.dueDate !== null && ` Du kan vänta besked senast ${swedishDate(row.dueDate)}.`}
      </p>
    </div>
  );
}

function Hidden({ phone }: { phone: string }) {
  return (
    <div class="box">
      <p>
        Det som står i ärendet kan vara känsligt och visas därför inte här. Ring {phone} om du vill veta mer.
      </p>
    </div>
  );
}

function Messages({ messages, around }: CasePageProps) {
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">Meddelanden</h2>
      {messages.map(({ at, ours, by, text, files }) => (
        <article key={`${at.toISOString()} ${by}`}>
          <h3>{ours ? (by === "" ? around.serviceCentre : by) : "Du skrev"}</h3>
          <time dateTime={at.toISOString()}>{inSweden.format(at)}</time>
          <p>{text}</p>
          <Files files={files} />
        </article>
      ))}
    </section>
  );
}

function Files({ files }: Pick<ShownMessage, "files">) {
  if (files.length === 0) return null;
  return (
    <ul class="files" aria-label="Filer till svaret">
      {files.map(({ name, bytes, href }) => (
        <li key={href}>
          <a href={href}>Hämta {name}</a> <span class="whole">({sizeInWords(bytes)})</span>
        </li>
      ))}
    </ul>
  );
}

/** `1 kB`, `240 kB`, `1,5 MB`. */
function sizeInWords(bytes: number): string {
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(".", ",")} MB`;
}

const inSweden = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Stockholm",
  dateStyle: "long",
  timeStyle: "short",
});

function ReplyForm({ action, formId, written, around, theCase }: CasePageProps) {
  const secret = theCase.access === "secret";
  return (
    <section aria-labelledby="write">
      <h2 id="write">Skriv till oss</h2>
      {secret && <p>Skriv inte om hälsa eller annat känsligt här. Ring {around.phone} i stället.</p>}
      <form method="post" action={action}>
        <input type="hidden" name="form" value={formId} />
        <label for="text">Ditt meddelande</label>
        {written !== undefined && (
          <p class="wrong" id="wrong">
            {written.wrong}
          </p>
        )}
        <textarea
          id="text"
          name="text"
          maxLength={20_000}
          aria-describedby={written === undefined ? "notice" : "wrong notice"}
          aria-invalid={written === undefined ? undefined : true}
        >
          {written?.text ?? ""}
        </textarea>
        <p class="hint" id="notice">
          Det du skickar blir en allmän handling. Den som ber om det kan få läsa den, men vi prövar alltid
          sekretess först.
        </p>
        <button type="submit">Skicka</button>
      </form>
    </section>
  );
}

/** An address that opens nothing: an old link, a guess, half of one. All look the same. */
export function NoCasePage({ around }: { around: Around }) {
  return (
    <CitizenPage title="Länken gäller inte" around={around}>
      <h1>Länken gäller inte längre</h1>
      <p class="lead">Den kan ha blivit avkortad, eller så har den bytts ut.</p>
      <p>
        Se efter att hela adressen kom med. Går det ändå inte? Ring {around.phone} eller svara på det senaste
        mejlet du fick av oss, så hjälper vi dig vidare.
      </p>
    </CitizenPage>
  );
}

/** Something of ours is broken. What was written is given back. */
export function BrokenPage({ around, text }: { around: Around; text: string }) {
  return (
    <CitizenPage title="Fel hos oss" around={around}>
      <h1>Något gick fel hos oss</h1>
      <p class="lead">Försök igen om en stund, eller ring {around.phone}.</p>
      {text !== "" && (
        <>
          <p>Det här skrev du. Det har inte skickats, så kopiera det om du vill spara det:</p>
          <article>
            <p>{text}</p>
          </article>
        </>
      )}
    </CitizenPage>
  );
}
