import { clockTime, meetingTime } from "#shared/time/meeting-time.ts";
import { swedishDate } from "#shared/time/swedish-date.ts";
import { type Around, CitizenPage } from "#web/citizen/layout.tsx";
import type { Slot, Wish } from "../book/offer.ts";
import type { Stretch } from "../hours/stretches.ts";
import { accessNeeds } from "./access-needs.ts";
import { timeName } from "./request.ts";
import type { Week } from "./week.ts";

type Hidden = readonly (readonly [name: string, value: string])[];

export type TimesProps = {
  around: Around;
  heading: string;
  lead: string;
  /** The page's own address, without anything after `?`: what is chosen is sent there. */
  action: string;
  /** What goes along with a time. */
  hidden: Hidden;
  wish: Wish;
  /** ISO 639 codes that somebody here speaks. */
  languages: readonly string[];
  /** ISO 639 codes that can be interpreted. */
  interpreted: readonly string[];
  office: string;
  /** Where else it can be. Empty when the place has been chosen already. */
  places: readonly { id: string; name: string }[];
  week: Week;
  days: readonly { date: string; times: readonly Slot[] }[];
  /** The first day with a time after a week that has none. */
  nextFree: string | undefined;
  /** When anybody may come without a booking. */
  dropIn?: readonly Stretch[];
  /** Where to wait for a time, when none of these suits. */
  line?: { href: string; text: string };
  back: { href: string; text: string };
  /** Why the time that was asked for could not be had, and the nearest that can. */
  refused?: { text: string; nearest: readonly Slot[] } | undefined;
};

/** A week of free times, each a button. */
export function TimesPage(props: TimesProps) {
  const { around, heading, lead, week, days, nextFree, refused, back } = props;
  return (
    <CitizenPage title={refused === undefined ? heading : `Fel: ${heading}`} around={around}>
      {refused !== undefined && <NotHad {...props} refused={refused} />}
      <h1>{heading}</h1>
      <p class="lead">{lead}</p>
      <DropIn {...props} />
      <Wishes {...props} />
      <p>
        <strong>
          {swedishDate(week.from)} – {swedishDate(week.to)}
        </strong>
      </p>
      <Neighbours {...props} />
      {days.length === 0 && (
        <div class="box">
          <p>
            <strong>Inga lediga tider de här dagarna.</strong>
          </p>
          {nextFree === undefined ? (
            <p>Ring {around.phone}, så hjälper vi dig.</p>
          ) : (
            <p>
              <a href={addressOf(props, nextFree)}>Nästa lediga tid är {swedishDate(nextFree)}</a>
            </p>
          )}
          <LineLink {...props} />
        </div>
      )}
      <form method="post" action={props.action}>
        <Along {...props} />
        {days.map(({ date, times }) => (
          <section key={date} aria-labelledby={`d${date}`}>
            <h2 id={`d${date}`}>{swedishDate(date)}</h2>
            <ul class="times">
              {times.map(({ start }) => (
                <li key={timeName(start)}>
                  <button type="submit" name="tid" value={timeName(start)}>
                    {clockTime(start, "sv")}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </form>
      {days.length > 0 && <Neighbours {...props} />}
      {days.length > 0 && props.line !== undefined && (
        <>
          <h2>Passar ingen tid?</h2>
          <LineLink line={props.line} />
        </>
      )}
      <p class="ways">
        <a href={back.href}>{back.text}</a>
      </p>
    </CitizenPage>
  );
}

function DropIn({ dropIn = [] }: Pick<TimesProps, "dropIn">) {
  if (dropIn.length === 0) return null;
  return (
    <section aria-labelledby="utan-bokning">
      <h2 id="utan-bokning">Kom utan att boka</h2>
      <ul>
        {dropIn.map(({ from, to }) => (
          <li key={from.toISOString()}>{meetingTime(from, to, "sv")}</li>
        ))}
      </ul>
      <p>Vänta på din tur i receptionen. Den som har bokat går före på sin tid.</p>
    </section>
  );
}

function LineLink({ line }: Pick<TimesProps, "line">) {
  if (line === undefined) return null;
  return (
    <p>
      <a href={line.href}>{line.text}</a>. Vi mejlar dig om en tid blir ledig.
    </p>
  );
}

/** The nearest times, each a button. Nothing that was typed is lost: it goes along. */
export function NearestTimes({
  action,
  hidden,
  nearest,
}: {
  action: string;
  hidden: Hidden;
  nearest: readonly Slot[];
}) {
  return (
    <form method="post" action={action}>
      <HiddenFields hidden={hidden} />
      <ul class="times">
        {nearest.map(({ start, end }) => (
          <li key={timeName(start)}>
            <button type="submit" name="tid" value={timeName(start)}>
              {meetingTime(start, end, "sv")}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

function NotHad({ refused, action, ...props }: TimesProps & { refused: NonNullable<TimesProps["refused"]> }) {
  return (
    <div class="box bad" role="alert">
      <h2>{refused.text}</h2>
      {refused.nearest.length > 0 && (
        <>
          <p>De här tiderna är närmast:</p>
          <NearestTimes action={action} hidden={alongWith(props)} nearest={refused.nearest} />
        </>
      )}
    </div>
  );
}

function Neighbours(props: TimesProps) {
  const { previous, next } = props.week;
  if (previous === undefined && next === undefined) return null;
  return (
    <p class="weeks">
      {previous !== undefined && <a href={addressOf(props, previous)}>Tidigare tider</a>}
      {next !== undefined && <a href={addressOf(props, next)}>Senare tider</a>}
    </p>
  );
}

const languageNames = new Intl.DisplayNames("sv", { type: "language" });

export const languageName = (code: string): string => languageNames.of(code) ?? code;

function Wishes({ action, wish, languages, interpreted, office, places, week }: TimesProps) {
  const chosen = wish.language !== undefined || wish.interpreter !== undefined || wish.equipment.length > 0;
  return (
    <details open={chosen}>
      <summary>Språk, tillgänglighet{places.length > 1 && " och plats"}</summary>
      <form method="get" action={action}>
        <input type="hidden" name="fran" value={week.from} />
        {places.length > 1 && (
          <>
            <label for="plats">Plats</label>
            <select id="plats" name="plats">
              {places.map(({ id, name }) => (
                <option key={id} value={id} selected={id === office}>
                  {name}
                </option>
              ))}
            </select>
          </>
        )}
        <LanguageSelect languages={languages} wish={wish} />
        <InterpreterSelect interpreted={interpreted} wish={wish} />
        <Needs wish={wish} />
        <button type="submit">Visa tider som passar</button>
      </form>
    </details>
  );
}

/** In which language the meeting is to be held. */
export function LanguageSelect({ languages, wish }: Pick<TimesProps, "languages" | "wish">) {
  return (
    <LanguageChoice
      name="sprak"
      label="Språk som den du träffar ska kunna"
      none="Spelar ingen roll"
      languages={languages}
      chosen={wish.language}
    />
  );
}

/** Into which language it is to be interpreted. */
export function InterpreterSelect({ interpreted, wish }: Pick<TimesProps, "interpreted" | "wish">) {
  return (
    <LanguageChoice
      name="tolk"
      label="Tolk (kostar inget)"
      none="Behövs inte"
      languages={interpreted}
      chosen={wish.interpreter}
    />
  );
}

type LanguageProps = {
  name: string;
  label: string;
  none: string;
  languages: readonly string[];
  chosen: string | undefined;
};

function LanguageChoice({ name, label, none, languages, chosen }: LanguageProps) {
  if (languages.length === 0) return null;
  return (
    <>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{none}</option>
        {languages.map((code) => (
          <option key={code} value={code} selected={code === chosen}>
            {languageName(code)}
          </option>
        ))}
      </select>
    </>
  );
}

/** What somebody needs of the room to be able to come. */
export function Needs({ wish }: Pick<TimesProps, "wish">) {
  return (
    <fieldset>
      <legend>Det här behöver jag</legend>
      {accessNeeds.map(({ need, text }) => (
        <label key={need} class="check">
          <input type="checkbox" name="behov" value={need} checked={wish.equipment.includes(need)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

function Along(props: TimesProps) {
  return <HiddenFields hidden={alongWith(props)} />;
}

function HiddenFields({ hidden }: { hidden: Hidden }) {
  return (
    <>
      {hidden.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function alongWith({ hidden, wish, office }: Pick<TimesProps, "hidden" | "wish" | "office">): Hidden {
  return [...hidden, ["plats", office], ...wishFields(wish)];
}

/** A wish as fields of a form or an address. */
export function wishFields({ language, interpreter, equipment }: Wish): Hidden {
  return [
    ...(language === undefined ? [] : [["sprak", language] as const]),
    ...(interpreter === undefined ? [] : [["tolk", interpreter] as const]),
    ...equipment.map((need) => ["behov", need] as const),
  ];
}

function addressOf({ action, wish, office, places }: TimesProps, from: string): string {
  const fields = new URLSearchParams([
    ["fran", from],
    ...(places.length > 1 ? [["plats", office]] : []),
    ...wishFields(wish).map(([name, value]) => [name, value]),
  ]);
  return `${action}?${fields}`;
}
