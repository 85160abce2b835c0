import { type Around, CitizenPage } from "#web/citizen/layout.tsx";

type Choice = { href: string; name: string; hint: string };

/** What can be booked, or where: one thing to choose. */
export function ChoicePage({
  around,
  heading,
  lead,
  choices,
  back,
}: {
  around: Around;
  heading: string;
  lead: string;
  choices: readonly Choice[];
  back?: { href: string; text: string };
}) {
  return (
    <CitizenPage title={heading} around={around}>
      <h1>{heading}</h1>
      <p class="lead">{choices.length === 0 ? "Just nu går det inte att boka här." : lead}</p>
      <ul class="choices">
        {choices.map(({ href, name, hint }) => (
          <li key={href}>
            <a href={href}>{name}</a>
            {hint !== "" && <p>{hint}</p>}
          </li>
        ))}
      </ul>
      <p>
        Hittar du inte det du söker, eller vill du hellre boka med oss? Ring {around.phone}. Du kan också
        komma till oss utan bokad tid.
      </p>
      {back !== undefined && (
        <p class="ways">
          <a href={back.href}>{back.text}</a>
        </p>
      )}
    </CitizenPage>
  );
}

/** An address that opens nothing. */
export function NoPage({ around }: { around: Around }) {
  return (
    <CitizenPage title="Sidan finns inte" around={around}>
      <h1>Sidan finns inte</h1>
      <p class="lead">Länken kan ha blivit avkortad, eller så gäller den inte längre.</p>
      <p>
        Se efter att hela adressen kom med. Går det ändå inte? Ring {around.phone}, så hjälper vi dig med din
        tid.
      </p>
      <p class="ways">
        <a href="/b">Boka en tid</a>
      </p>
    </CitizenPage>
  );
}

/** What stands in the way for a while: what happened, and what to do. */
export function HindrancePage({
  around,
  heading,
  text,
  back,
}: {
  around: Around;
  heading: string;
  text: string;
  back: string | undefined;
}) {
  return (
    <CitizenPage title={heading} around={around}>
      <h1>{heading}</h1>
      <p class="lead">{text}</p>
      <p>Brådskar det? Ring {around.phone}.</p>
      {back !== undefined && (
        <p class="ways">
          <a href={back}>Tillbaka till tiderna</a>
        </p>
      )}
    </CitizenPage>
  );
}
