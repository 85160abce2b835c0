import { useState } from "preact/hooks";
import { Fold } from "../../ui/fold.tsx";
import { useDesk } from "../desk.ts";
import { AgreedFold } from "./agreed-fold.tsx";
import { Alternatives } from "./alternatives.tsx";
import type { Wish } from "./api.ts";
import { FreeTimes } from "./free-times.tsx";
import { GroupList } from "./group-list.tsx";
import { HeldPanel } from "./held-panel.tsx";
import { LineButton } from "./line-dialog.tsx";
import { Receipt } from "./receipt.tsx";
import { SeriesReceipt } from "./series-receipt.tsx";
import { useBook } from "./use-book.ts";
import { WishForm, type WishState } from "./wish-form.tsx";
import { type Basics, WithBasics } from "./with-basics.tsx";

type Props = { caseId: string | undefined; focused: boolean };

/** Books a meeting for somebody who is on the line or stands at the desk. */
export function BookPage({ caseId, focused }: Props) {
  return (
    <WithBasics title="Boka ett möte" focused={focused}>
      {(basics) => <Book basics={basics} caseId={caseId} />}
    </WithBasics>
  );
}

const noParty = { name: "", phone: "", email: "", about: "" };

function Book({ basics, caseId }: { basics: Basics; caseId: string | undefined }) {
  const { today, ownOffice } = basics;
  const book = useBook(caseId);
  const known = useCaller(caseId);
  const [party, setParty] = useState(known);
  const [state, setState] = useState<WishState>({
    service: "",
    office: ownOffice,
    language: "",
    interpreter: "",
    equipment: [],
    seats: 1,
    from: today,
  });
  const wish = wishOf(state);
  const { step, busy, no } = book;

  const another = (): void => {
    setParty(noParty);
    book.chooseAgain();
  };
  if (step.at === "done") {
    return (
      <Receipt booking={step.booking} party={party} basics={basics} caseId={caseId} onAnother={another} />
    );
  }
  if (step.at === "repeated") {
    return (
      <SeriesReceipt
        occurrences={step.occurrences}
        party={step.party}
        basics={basics}
        no={no}
        busy={busy}
        onInstead={(number, slot) => void book.instead(number, slot)}
        onAnother={another}
      />
    );
  }
  if (step.at === "held") {
    return (
      <>
        <Alternatives
          no={no}
          today={today}
          busy={busy}
          onChoose={(slot) => void book.hold(step.wish, slot)}
        />
        <HeldPanel
          key={step.booking.bookingId}
          booking={step.booking}
          basics={basics}
          party={party}
          busy={busy}
          repeatable={step.session === undefined}
          onParty={setParty}
          onConfirm={(said) => void book.confirm(said)}
          onRepeat={(said, repeat) => void book.repeat(said, repeat)}
          onExpired={() => void book.expired()}
          onAgain={book.chooseAgain}
        />
      </>
    );
  }
  const group =
    wish !== undefined &&
    basics.offices.some(({ services }) => services.some(({ id, seats }) => id === wish.service && seats > 1));
  const times = wish !== undefined && (
    <FreeTimes
      wish={wish}
      from={state.from}
      today={today}
      busy={busy}
      lost={no}
      onChoose={(slot) => void book.hold(wish, slot)}
    />
  );
  return (
    <>
      {caseId !== undefined && <p class="hint">Bokningen hör till ärendet som du kom från.</p>}
      <WishForm basics={basics} state={state} onChange={setState} />
      <Alternatives
        no={no}
        today={today}
        busy={busy}
        onChoose={(slot) => wish !== undefined && void book.hold(wish, slot)}
      />
      {wish !== undefined && group && (
        <>
          <GroupList
            wish={wish}
            from={state.from}
            basics={basics}
            busy={busy}
            lost={no}
            onJoin={(session, seats) =>
              void book.hold({ ...wish, seats }, session, { session: session.bookingId })
            }
          />
          <Fold show="Ordna en ny träff" hide="Dölj ny träff">
            {times}
          </Fold>
        </>
      )}
      {wish !== undefined && !group && (
        <>
          {times}
          <LineButton wish={wish} from={state.from} basics={basics} />
          <AgreedFold
            today={today}
            busy={busy}
            onAgree={(startsAt, agreed) => void book.hold(wish, { startsAt }, { agreed })}
          />
        </>
      )}
    </>
  );
}

/** What is asked for, once a service has been chosen and the date is one. */
function wishOf({
  service,
  office,
  language,
  interpreter,
  equipment,
  seats,
  from,
}: WishState): Wish | undefined {
  if (service === "" || from === "") return undefined;
  return {
    service,
    office,
    equipment,
    seats,
    ...(language === "" ? {} : { language }),
    ...(interpreter === "" ? {} : { interpreter }),
  };
}

/** Who wrote in the case, to begin with. What is secret is not written on in a booking. */
function useCaller(caseId: string | undefined): typeof noParty {
  const { files, findRow } = useDesk();
  if (caseId === undefined) return noParty;
  const about = files.read(caseId).data?.case ?? findRow(caseId);
  if (about === undefined || about.access === "secret") return noParty;
  return { ...noParty, name: about.sender?.name ?? "", email: about.sender?.address ?? "" };
}
