import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Problem } from "../../ui/problem.tsx";
import { dateInSweden, shortDate } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { useCopy } from "../use-copy.ts";
import { useFetched } from "../use-fetched.ts";
import { feedPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";

/** A person's feed as it stands, and how it is ended. */
function useFeed(person: string) {
  const { api, feeds } = useBookingDesk();
  const { say } = useDesk();
  const path = feedPath(person);
  const { data, error } = useFetched(feeds, path);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();

  const attempt = async (act: () => Promise<string | undefined>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setProblem(await act());
      await feeds.revalidate(path);
    } catch (failure) {
      setProblem(failureText(failure, false));
    }
    setBusy(false);
  };
  const end = (ended: () => void) =>
    attempt(async () => {
      const outcome = await api.endFeed(person);
      if (!("answer" in outcome)) return refusedText(outcome.refused);
      ended();
      say({ text: "Länken är avstängd. Kalendrar som använder den visar snart inga möten härifrån." });
      return undefined;
    });
  const shown = error === undefined ? problem : "Det gick inte att se om det finns en länk.";
  return { madeAt: data?.madeAt ?? null, problem: shown, busy, attempt, end };
}

/** Somebody else's: whoever leads them may end it, as when a telephone is lost. Nothing is there when they have none. */
export function OthersFeed({ person, name, today }: { person: string; name: string; today: string }) {
  const { madeAt, problem, busy, end } = useFeed(person);
  if (madeAt === null) return <Problem text={problem} />;
  return (
    <section aria-labelledby="others-feed">
      <h2 id="others-feed" class="ds-heading" data-size="2xs">
        Kalenderlänk
      </h2>
      <p>
        {name} prenumererar på sina möten sedan {shortDate(dateInSweden(new Date(madeAt)), today)}.
      </p>
      <Problem text={problem} />
      <Button variant="secondary" busy={busy} onClick={() => void end(() => undefined)}>
        Stäng av länken
      </Button>
    </section>
  );
}

/** One's own meetings as an address that a calendar subscribes to. The address is shown when it is made, and never again. */
export function FeedSection({ person, today }: { person: string; today: string }) {
  const { api } = useBookingDesk();
  const { madeAt, problem, busy, attempt, end } = useFeed(person);
  const [address, setAddress] = useState<string | undefined>();
  const make = () =>
    attempt(async () => {
      const outcome = await api.makeFeed(person);
      if (!("answer" in outcome)) return refusedText(outcome.refused);
      setAddress(new URL(outcome.answer.path, location.href).href);
      return undefined;
    });
  const copy = useCopy();
  return (
    <section aria-labelledby="feed">
      <h2 id="feed" class="ds-heading" data-size="2xs">
        Mina möten i min egen kalender
      </h2>
      <p class="hint">
        Prenumerera på dina bokade möten i Outlook eller i telefonen. Kalendern visar när och var, aldrig vem
        eller varför. Den som har länken ser det också, så dela den inte.
      </p>
      <Problem text={problem} />
      {address !== undefined && (
        <Field label="Kalenderlänk" hint="Kopiera den nu. Den visas inte igen.">
          {(control) => (
            <input
              {...control}
              class="ds-input"
              readOnly
              value={address}
              onFocus={(event) => event.currentTarget.select()}
            />
          )}
        </Field>
      )}
      {madeAt !== null && address === undefined && (
        <p>
          Du har en länk sedan {shortDate(dateInSweden(new Date(madeAt)), today)}. En ny tar dess plats: den
          gamla slutar då att gälla.
        </p>
      )}
      <div class="buttons">
        {address !== undefined && (
          <Button onClick={() => void copy("Länken", address)}>Kopiera länken</Button>
        )}
        {address === undefined && (
          <Button variant="secondary" busy={busy} onClick={() => void make()}>
            {madeAt === null ? "Skapa en kalenderlänk" : "Skapa en ny länk"}
          </Button>
        )}
        {madeAt !== null && (
          <Button variant="tertiary" accent busy={busy} onClick={() => void end(() => setAddress(undefined))}>
            Stäng av länken
          </Button>
        )}
      </div>
    </section>
  );
}
