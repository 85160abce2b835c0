import { clockTime, meetingTime } from "#shared/time/meeting-time.ts";
import { type Around, CitizenPage } from "#web/citizen/layout.tsx";
import type { BookingStatus } from "../book/booking.ts";
import type { Channel } from "../book/channel.ts";
import type { Slot } from "../book/offer.ts";
import type { Fault, PartyField, Typed } from "./party-form.ts";
import { languageName, NearestTimes } from "./times-view.tsx";

/** A booking as its own page shows it. Of a secret service neither its name nor whom they meet. */
export type ShownBooking = {
  status: BookingStatus;
  start: Date;
  end: Date;
  place: string;
  service: string | undefined;
  /** How many come. */
  seats: number;
  host: string | undefined;
  /** Into which language it is interpreted; ISO 639 code. */
  interpreter: string | undefined;
  prepare: readonly string[];
};

function Facts({ booking }: { booking: ShownBooking }) {
  const { start, end, place, service, seats, host, interpreter } = booking;
  return (
    <dl>
      <dt>När</dt>
      <dd>{meetingTime(start, end, "sv")}</dd>
      <dt>Var</dt>
      <dd>{place}</dd>
      {service !== undefined && (
        <>
          <dt>Vad det gäller</dt>
          <dd>{service}</dd>
        </>
      )}
      {seats > 1 && (
        <>
          <dt>Hur många som kommer</dt>
          <dd>{seats}</dd>
        </>
      )}
      {host !== undefined && (
        <>
          <dt>Du träffar</dt>
          <dd>{host}</dd>
        </>
      )}
      {interpreter !== undefined && (
        <>
          <dt>Tolk</dt>
          <dd>{languageName(interpreter)}</dd>
        </>
      )}
    </dl>
  );
}

type PartyProps = {
  around: Around;
  booking: ShownBooking;
  heldUntil: Date;
  /** The page's own address. */
  action: string;
  typed: Typed;
  faults: readonly Fault[];
  /** Whether a mobile's number is enough to be told. */
  texts: boolean;
};

const fields: readonly {
  field: PartyField;
  name: string;
  label: string;
  keyboard: "text" | "email" | "tel";
  autocomplete: "name" | "email" | "tel";
}[] = [
  { field: "name", name: "namn", label: "Ditt namn", keyboard: "text", autocomplete: "name" },
  { field: "email", name: "epost", label: "E-postadress", keyboard: "email", autocomplete: "email" },
  { field: "phone", name: "telefon", label: "Telefonnummer", keyboard: "tel", autocomplete: "tel" },
];

/** Who comes. The time is held meanwhile. */
export function PartyPage({ around, booking, heldUntil, action, typed, faults, texts }: PartyProps) {
  const heading = "Vem kommer?";
  return (
    <CitizenPage title={faults.length === 0 ? heading : `Fel: ${heading}`} around={around}>
      {faults.length > 0 && (
        <div class="box bad" role="alert">
          <h2>Tiden är inte bokad än</h2>
          <ul>
            {faults.map(({ field, text }) => (
              <li key={text}>
                <a href={`#${nameOf(field)}`}>{text}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <h1>{heading}</h1>
      <p class="lead">
        Vi håller tiden åt dig till klockan {clockTime(heldUntil, "sv")}. Den är inte bokad än.
      </p>
      <Facts booking={booking} />
      <form method="post" action={action} noValidate>
        <p>Skriv ditt namn, och din e-postadress eller ditt telefonnummer. En av dem räcker.</p>
        {fields.map(({ field, name, label, keyboard, autocomplete }) => {
          const wrong = faults.filter((fault) => fault.field === field);
          const described = [
            ...(wrong.length > 0 ? [`${name}-fel`] : []),
            ...(field === "email" ? ["epost-hjalp"] : []),
            ...(field === "phone" && texts ? ["telefon-hjalp"] : []),
          ];
          return (
            <div key={name}>
              <label for={name}>{label}</label>
              {wrong.length > 0 && (
                <p class="wrong" id={`${name}-fel`}>
                  {wrong.map(({ text }) => text).join(". ")}
                </p>
              )}
              {field === "email" && (
                <p class="hint" id="epost-hjalp">
                  Dit skickar vi en bekräftelse med en länk för att flytta eller avboka.
                </p>
              )}
              {field === "phone" && texts && (
                <p class="hint" id="telefon-hjalp">
                  Skriver du ingen e-postadress får en svensk mobil bekräftelsen som sms.
                </p>
              )}
              <input
                id={name}
                name={name}
                type="text"
                inputMode={keyboard}
                autoComplete={autocomplete}
                maxLength={200}
                value={typed[field]}
                aria-invalid={wrong.length > 0 ? true : undefined}
                aria-describedby={described.length === 0 ? undefined : described.join(" ")}
              />
            </div>
          );
        })}
        <p class="hint">
          Det du skickar blir en allmän handling. Den som ber om det kan få läsa den, men vi prövar alltid
          sekretess först.
        </p>
        <button type="submit">Boka tiden</button>
      </form>
      <form method="post" action={`${action}/slapp`}>
        <button class="plain" type="submit">
          Välj en annan tid
        </button>
      </form>
    </CitizenPage>
  );
}

function nameOf(field: PartyField): string {
  return fields.find((one) => one.field === field)?.name ?? field;
}

/** The time was held for as long as it could be. */
export function ExpiredPage({
  around,
  action,
  hidden,
  nearest,
  back,
}: {
  around: Around;
  /** Where a new time is asked for. */
  action: string;
  hidden: readonly (readonly [string, string])[];
  nearest: readonly Slot[];
  back: string;
}) {
  return (
    <CitizenPage title="Tiden hölls inte längre" around={around}>
      <h1>Tiden hölls inte längre</h1>
      <p class="lead">
        Vi håller en tid bara en kort stund, så att andra också kan boka. Ingen tid är bokad.
      </p>
      {nearest.length > 0 && (
        <>
          <p>De här tiderna är närmast. Det du har skrivit finns kvar.</p>
          <NearestTimes action={action} hidden={hidden} nearest={nearest} />
        </>
      )}
      <p class="ways">
        <a href={back}>Se alla tider</a>
      </p>
    </CitizenPage>
  );
}

type OwnProps = {
  around: Around;
  booking: ShownBooking;
  /** The page's own address, and as a mail has it. */
  action: string;
  link: string;
  /** Whether it can still be moved and cancelled. */
  open: boolean;
  /** Of seats in a meeting for a group, which cannot be moved: where the others are. */
  otherGroups: string | undefined;
  news: "booked" | "moved" | undefined;
  /** How whoever booked is told. */
  toldBy: Channel["kind"] | undefined;
};

const standing: Record<BookingStatus, { heading: string; lead: string }> = {
  held: { heading: "Tiden är inte bokad", lead: "Den hölls åt dig en stund." },
  requested: {
    heading: "Vi har tagit emot din förfrågan",
    lead: "Tiden hålls åt dig. Du får besked när vi har svarat, med e-post om du har lämnat en adress.",
  },
  confirmed: { heading: "Din bokade tid", lead: "Välkommen!" },
  unsettled: {
    heading: "Vi behöver hitta en ny tid",
    lead: "Tiden går tyvärr inte längre. Välj en annan här, eller vänta: vi hör av oss.",
  },
  cancelled: { heading: "Tiden är avbokad", lead: "Du behöver inte göra något mer." },
  arrived: { heading: "Din bokade tid", lead: "Du har anmält dig i receptionen." },
  done: { heading: "Ditt besök är avslutat", lead: "Tack för att du kom." },
  missed: { heading: "Tiden har varit", lead: "Vill du ha en ny tid? Boka gärna." },
};

/** A citizen's booking: what, when and where, what to prepare, and while it has not begun the ways to change it. */
export function OwnBookingPage({ around, booking, action, link, open, otherGroups, news, toldBy }: OwnProps) {
  const { heading, lead } = standing[booking.status];
  const kept = booking.status === "confirmed";
  return (
    <CitizenPage title={heading} around={around}>
      {news !== undefined && kept && (
        <div class="box good" role="status">
          <p>
            <strong>{news === "booked" ? "Din tid är bokad." : "Din tid är flyttad."}</strong>
            {toldBy === "email" && " Du får också ett mejl."}
            {toldBy === "text" && " Du får också ett sms."}
          </p>
        </div>
      )}
      <h1>{heading}</h1>
      <p class="lead">{lead}</p>
      <Facts booking={booking} />
      {kept && booking.prepare.length > 0 && (
        <section aria-labelledby="prepare">
          <h2 id="prepare">Förbered dig</h2>
          <ul>
            {booking.prepare.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      )}
      {kept && open && (
        <p class="ways">
          <a href={`${action}/kalender.ics`}>Lägg in i din kalender</a>
        </p>
      )}
      {open ? (
        <section aria-labelledby="change">
          <h2 id="change">{otherGroups === undefined ? "Flytta eller avboka" : "Byta eller avboka"}</h2>
          <p class="ways">
            {otherGroups === undefined ? (
              <a href={`${action}/flytta`}>Flytta till en annan tid</a>
            ) : (
              <a href={otherGroups}>Boka en annan träff</a>
            )}
            <a href={`${action}/avboka`}>Avboka</a>
          </p>
          <p>Spara länken hit. Dela den inte: den som har den kan flytta och avboka.</p>
          <p>
            <a href={action}>{link}</a>
          </p>
        </section>
      ) : (
        <p class="ways">
          <a href="/b">Boka en ny tid</a>
        </p>
      )}
    </CitizenPage>
  );
}

/** Asks once before a time is given back. */
export function CancelPage({ around, booking, action }: Pick<OwnProps, "around" | "booking" | "action">) {
  return (
    <CitizenPage title="Avboka tiden?" around={around}>
      <h1>Avboka tiden?</h1>
      <p class="lead">Tiden lämnas till någon annan, och det är inte säkert att du kan få tillbaka den.</p>
      <Facts booking={booking} />
      <form method="post" action={`${action}/avboka`}>
        <button type="submit">Ja, avboka</button>
      </form>
      <p class="ways">
        <a href={action}>Nej, behåll tiden</a>
      </p>
    </CitizenPage>
  );
}
