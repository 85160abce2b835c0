import { meetingTime } from "#shared/time/meeting-time.ts";
import { type Around, CitizenPage } from "#web/citizen/layout.tsx";

type Group = { session: string; start: Date; end: Date; seatsLeft: number };

type Props = {
  around: Around;
  lead: string;
  /** The page's own address: what is chosen is sent there. */
  action: string;
  hidden: readonly (readonly [name: string, value: string])[];
  groups: readonly Group[];
  /** How many may come together, and how many were chosen. */
  most: number;
  seats: number;
  back: { href: string; text: string };
  /** Why what was chosen could not be had. */
  refused: string | undefined;
};

/** Meetings for a group, each a button while there are seats. */
export function GroupsPage({ around, lead, action, hidden, groups, most, seats, back, refused }: Props) {
  const heading = "Välj en träff";
  return (
    <CitizenPage title={refused === undefined ? heading : `Fel: ${heading}`} around={around}>
      {refused !== undefined && (
        <div class="box bad" role="alert">
          <h2>{refused}</h2>
          <p>Ingenting är bokat. Det du har skrivit finns kvar.</p>
        </div>
      )}
      <h1>{heading}</h1>
      <p class="lead">{lead}</p>
      {groups.length === 0 && (
        <div class="box">
          <p>
            <strong>Just nu är inga träffar planerade.</strong>
          </p>
          <p>Ring {around.phone}, så berättar vi när nästa blir.</p>
        </div>
      )}
      {groups.length > 0 && (
        <form method="post" action={action}>
          {hidden.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label for="antal">Hur många kommer ni?</label>
          <select id="antal" name="antal">
            {Array.from({ length: most }, (_, n) => n + 1).map((number) => (
              <option key={number} value={String(number)} selected={number === seats}>
                {number}
              </option>
            ))}
          </select>
          <ul class="choices">
            {groups.map(({ session, start, end, seatsLeft }) => (
              <li key={session}>
                {seatsLeft > 0 ? (
                  <button type="submit" name="traff" value={session}>
                    {meetingTime(start, end, "sv")}
                  </button>
                ) : (
                  <strong>{meetingTime(start, end, "sv")}</strong>
                )}
                <p>{leftText(seatsLeft)}</p>
              </li>
            ))}
          </ul>
        </form>
      )}
      <p class="ways">
        <a href={back.href}>{back.text}</a>
      </p>
    </CitizenPage>
  );
}

function leftText(seatsLeft: number): string {
  if (seatsLeft === 0) return "Fullbokad";
  return seatsLeft === 1 ? "1 plats kvar" : `${seatsLeft} platser kvar`;
}
