import { swedishDate } from "#shared/time/swedish-date.ts";
import { type Around, CitizenPage } from "#web/citizen/layout.tsx";
import type { Slot, Wish } from "../book/offer.ts";
import type { PartOfDay, Waiting } from "../waiting/waiting.ts";
import type { TypedWait, WaitFault, WaitField } from "./line-form.ts";
import { InterpreterSelect, LanguageSelect, languageName, NearestTimes, Needs } from "./times-view.tsx";

const parts: readonly { part: PartOfDay | ""; text: string }[] = [
  { part: "", text: "Hela dagen" },
  { part: "morning", text: "Förmiddag, före klockan 12" },
  { part: "afternoon", text: "Eftermiddag, klockan 12–16" },
  { part: "evening", text: "Kväll, från klockan 16" },
];

type FormProps = {
  around: Around;
  /** They have a time, and want an earlier one. */
  earlier: boolean;
  /** What they wait for, and where. */
  about: string;
  action: string;
  back: string;
  languages: readonly string[];
  interpreted: readonly string[];
  today: string;
  last: string;
  /** How many there is room for. */
  seats: number;
  typed: TypedWait;
  wish: Wish;
  formKey: string;
  faults: readonly WaitFault[];
};

const names: Record<WaitField, string> = { from: "fran", to: "till", seats: "antal", email: "epost" };

const keyboards = { from: "text", to: "text", seats: "numeric", email: "email" } as const;

/** Which days suit, what is needed, and where to write. */
export function LineFormPage(props: FormProps) {
  const { around, earlier, about, action, back, languages, interpreted } = props;
  const { today, last, seats, typed, wish, faults } = props;
  const heading = earlier ? "Ställ dig i kö för en tidigare tid" : "Ställ dig i kö för en tid";
  return (
    <CitizenPage title={faults.length === 0 ? heading : `Fel: ${heading}`} around={around}>
      {faults.length > 0 && (
        <div class="box bad" role="alert">
          <h2>Du står inte i kö än</h2>
          <ul>
            {faults.map(({ field, text }) => (
              <li key={text}>
                <a href={`#${names[field]}`}>{text}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <h1>{heading}</h1>
      <p class="lead">{about}.</p>
      <p>
        Vi mejlar dig när en tid blir ledig, högst tre gånger och bara mellan klockan 7 och 21. Den som har
        väntat längst får veta det först.
        {earlier && " Du har kvar din tid tills du har valt en ny."}
      </p>
      <form method="post" action={action} noValidate>
        <input type="hidden" name="form" value={props.formKey} />
        <Input field="from" label="Första dagen som passar" type="date" min={today} max={last} {...props} />
        <Input field="to" label="Sista dagen som passar" type="date" min={today} max={last} {...props} />
        <fieldset>
          <legend>Tid på dagen</legend>
          {parts.map(({ part, text }) => (
            <label key={part} class="check">
              <input type="radio" name="del" value={part} checked={typed.part === part} />
              {text}
            </label>
          ))}
        </fieldset>
        {seats > 1 && <Input field="seats" label="Hur många kommer ni?" type="text" {...props} />}
        {languages.length > 1 && <LanguageSelect languages={languages} wish={wish} />}
        <InterpreterSelect interpreted={interpreted} wish={wish} />
        <Needs wish={wish} />
        <Input
          field="email"
          label="E-postadress"
          hint="Dit skriver vi när en tid blir ledig."
          type="text"
          {...props}
        />
        <p class="hint">
          Adressen tar vi bort en månad efter att du har slutat vänta. Det du skickar blir en allmän handling.
          Den som ber om det kan få läsa den, men vi prövar alltid sekretess först.
        </p>
        <button type="submit">Ställ mig i kö</button>
      </form>
      <p class="ways">
        <a href={back}>Tillbaka</a>
      </p>
    </CitizenPage>
  );
}

function Input({
  field,
  label,
  hint,
  type,
  min,
  max,
  typed,
  faults,
}: {
  field: WaitField;
  label: string;
  hint?: string;
  type: "date" | "text";
  min?: string;
  max?: string;
} & Pick<FormProps, "typed" | "faults">) {
  const name = names[field];
  const wrong = faults.filter((fault) => fault.field === field);
  const described = [
    ...(wrong.length > 0 ? [`${name}-fel`] : []),
    ...(hint === undefined ? [] : [`${name}-hjalp`]),
  ];
  const rest = {
    id: name,
    name,
    inputMode: keyboards[field],
    autoComplete: field === "email" ? "email" : "off",
    maxLength: 200,
    value: typed[field],
    "aria-invalid": wrong.length > 0 ? true : undefined,
    "aria-describedby": described.length === 0 ? undefined : described.join(" "),
  } as const;
  return (
    <>
      <label for={name}>{label}</label>
      {wrong.length > 0 && (
        <p class="wrong" id={`${name}-fel`}>
          {wrong.map(({ text }) => text).join(". ")}
        </p>
      )}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hjalp`}>
          {hint}
        </p>
      )}
      {type === "date" ? (
        <input {...rest} type="date" min={min} max={max} />
      ) : (
        <input {...rest} type="text" />
      )}
    </>
  );
}

const ended = {
  booked: { heading: "Du väntar inte längre", lead: "Du har fått en tid." },
  left: { heading: "Du väntar inte längre", lead: "Vi hör inte av oss mer om det här." },
  removed: { heading: "Du väntar inte längre", lead: "Vi har tagit bort dig ur kön." },
  over: {
    heading: "Du väntar inte längre",
    lead: "Dagarna har gått, eller så har vi hört av oss tre gånger.",
  },
} as const;

type OwnProps = {
  around: Around;
  waiting: Waiting;
  about: string;
  action: string;
  formKey: string;
  times: readonly Slot[];
  /** How many more there are. */
  more: number;
  news: boolean;
  refused: string | undefined;
};

/** The page of somebody in line: what they wait for, the times that are free now, and the way out. */
export function OwnLinePage({
  around,
  waiting,
  about,
  action,
  times,
  more,
  news,
  refused,
  formKey,
}: OwnProps) {
  const { status, from, to, part, language, interpreter, bookingId, told } = waiting;
  const { heading, lead } =
    status === "waiting"
      ? { heading: "Du står i kö", lead: "Vi mejlar dig när en tid blir ledig." }
      : ended[status];
  const days = from === to ? swedishDate(from) : `${swedishDate(from)} – ${swedishDate(to)}`;
  return (
    <CitizenPage title={refused === undefined ? heading : `Fel: ${heading}`} around={around}>
      {refused !== undefined && (
        <div class="box bad" role="alert">
          <h2>{refused}</h2>
          <p>Du står kvar i kön.</p>
        </div>
      )}
      {news && status === "waiting" && (
        <div class="box good" role="status">
          <p>
            <strong>Nu står du i kö.</strong> Du får strax ett mejl med en länk hit. Den behöver du när du
            vill lämna kön.
          </p>
        </div>
      )}
      <h1>{heading}</h1>
      <p class="lead">{lead}</p>
      <dl>
        <dt>Vad du väntar på</dt>
        <dd>
          {about}
          {bookingId !== null && ", en tidigare tid än den du har"}
        </dd>
        <dt>Dagar som passar</dt>
        <dd>
          {days}
          {part !== null && `, ${parts.find((one) => one.part === part)?.text.toLowerCase()}`}
        </dd>
        {language !== null && (
          <>
            <dt>Språk</dt>
            <dd>{languageName(language)}</dd>
          </>
        )}
        {interpreter !== null && (
          <>
            <dt>Tolk</dt>
            <dd>{languageName(interpreter)}</dd>
          </>
        )}
        {told.length > 0 && (
          <>
            <dt>Så många gånger har vi hört av oss</dt>
            <dd>{told.length} av 3</dd>
          </>
        )}
      </dl>
      {status === "waiting" ? (
        <>
          <section aria-labelledby="free">
            <h2 id="free">{times.length === 0 ? "Ingen tid är ledig just nu" : "Lediga just nu"}</h2>
            {times.length > 0 && (
              <>
                <p>
                  {bookingId === null
                    ? "Välj en tid, så håller vi den medan du skriver vem som kommer."
                    : "Välj en tid, så flyttar vi din bokning dit."}
                </p>
                <NearestTimes action={action} hidden={[["form", formKey]]} nearest={times} />
              </>
            )}
            {more > 0 && <p>Det finns {more} till, längre fram.</p>}
          </section>
          <section aria-labelledby="leave">
            <h2 id="leave">Vill du inte vänta längre?</h2>
            <form method="post" action={`${action}/lamna`}>
              <button class="plain" type="submit">
                Jag väntar inte längre
              </button>
            </form>
          </section>
        </>
      ) : (
        <p class="ways">
          <a href="/b">Boka en tid</a>
        </p>
      )}
    </CitizenPage>
  );
}
