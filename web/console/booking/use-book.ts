import { useEffect, useRef, useState } from "preact/hooks";
import { addDays, dateInSweden } from "../../ui/swedish-time.ts";
import { failureText } from "../case/use-case-change.ts";
import type { No } from "./alternatives.tsx";
import { type Repeat, timesPath, type Wish } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText } from "./booking-words.ts";
import type { Booking, Occurrence, Party, Slot } from "./schemas.ts";
import { nearestTimes } from "./times.ts";

type Step =
  | { at: "choose" }
  | { at: "held"; booking: Booking; wish: Wish; session: string | undefined }
  | { at: "done"; booking: Booking }
  | { at: "repeated"; occurrences: readonly Occurrence[]; wish: Wish; party: Party | undefined };

type Held = Extract<Step, { at: "held" }>;

/** How far around a lost time others are looked for. */
const AROUND_DAYS = 7;
const ALTERNATIVES = 3;

/** The way to a booking: a time is chosen and held at once, and confirmed with who comes. What is held is given back when it is left. */
export function useBook(caseId: string | undefined) {
  const { api } = useBookingDesk();
  const [step, setStep] = useState<Step>({ at: "choose" });
  const [busy, setBusy] = useState(false);
  const [no, setNo] = useState<No | undefined>();
  const forCase = caseId === undefined ? {} : { caseId };
  const left = useRef<Booking | undefined>(undefined);
  left.current = step.at === "held" ? step.booking : undefined;

  const giveBack = (booking: Booking | undefined): void => {
    if (booking !== undefined) api.cancel(booking.bookingId, booking.version).catch(() => undefined);
  };
  useEffect(() => () => giveBack(left.current), []);

  const doing = async (what: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setNo(undefined);
    try {
      await what();
    } catch (failure) {
      setNo({ text: failureText(failure, true), alternatives: [] });
    }
    setBusy(false);
  };

  /** The times nearest to one that was lost, as they are now. To seats in a meeting for a group there are none. */
  const lost = async (code: string, { wish, session, booking: { startsAt } }: Held): Promise<void> => {
    if (session !== undefined) return setNo({ text: refusedText(code), alternatives: [] });
    const today = dateInSweden(new Date());
    const around = addDays(dateInSweden(new Date(startsAt)), -AROUND_DAYS);
    const from = around < today ? today : around;
    const path = timesPath(wish, from, addDays(from, 2 * AROUND_DAYS));
    const { times } = await api.times(path, AbortSignal.timeout(20_000));
    setNo({ text: refusedText(code), alternatives: nearestTimes(times, startsAt, ALTERNATIVES) });
  };

  return {
    step,
    busy,
    no,
    hold: (
      wish: Wish,
      slot: Pick<Slot, "startsAt">,
      { agreed, session }: { agreed?: string; session?: string } = {},
    ) =>
      doing(async () => {
        const before = step.at === "held" ? step.booking : undefined;
        const outcome = await api.make({
          ...wish,
          key: crypto.randomUUID(),
          startsAt: slot.startsAt,
          hold: true,
          ...forCase,
          ...(agreed === undefined ? {} : { agreed }),
          ...(session === undefined ? {} : { session }),
        });
        if ("refused" in outcome) {
          setNo({
            text: refusedText(outcome.refused),
            alternatives: outcome.current?.alternatives ?? [],
          });
          return;
        }
        giveBack(before);
        setStep({ at: "held", booking: outcome.answer, wish, session });
      }),
    confirm: (party: Party | undefined) =>
      doing(async () => {
        if (step.at !== "held") return;
        const outcome = await api.confirm(step.booking.bookingId, party);
        if ("answer" in outcome) setStep({ at: "done", booking: outcome.answer });
        else await lost(outcome.refused, step);
      }),
    /** The time that is held again every so many weeks. The hold is given up first: it would stand in the way of the series' first meeting. */
    repeat: (party: Party | undefined, repeat: Repeat) =>
      doing(async () => {
        if (step.at !== "held") return;
        const { booking, wish } = step;
        await api.cancel(booking.bookingId, booking.version);
        const outcome = await api.makeSeries({
          ...wish,
          ...repeat,
          ...forCase,
          // Pressed again after a broken answer, it is the same series.
          key: booking.bookingId,
          startsAt: booking.startsAt,
          party,
          ...(booking.agreed === null ? {} : { agreed: booking.agreed.reason }),
        });
        if ("answer" in outcome)
          setStep({ at: "repeated", occurrences: outcome.answer.occurrences, wish, party });
        else await lost(outcome.refused, step);
      }),
    /** Another time for a date of the series on which there was none: a booking by itself. */
    instead: (number: number, slot: Slot) =>
      doing(async () => {
        if (step.at !== "repeated") return;
        const { wish, party, occurrences } = step;
        const outcome = await api.make({
          ...wish,
          ...forCase,
          key: crypto.randomUUID(),
          startsAt: slot.startsAt,
          hold: false,
          party,
        });
        const found =
          "answer" in outcome
            ? { booking: outcome.answer, refused: null, alternatives: [] }
            : { refused: outcome.refused, alternatives: [...(outcome.current?.alternatives ?? [])] };
        setStep({
          ...step,
          occurrences: occurrences.map((one) => (one.number === number ? { ...one, ...found } : one)),
        });
      }),
    /** The hold's time is out: others may have it now. */
    expired: () =>
      doing(async () => {
        if (step.at === "held") await lost("hold-expired", step);
      }),
    chooseAgain: (): void => {
      giveBack(left.current);
      setNo(undefined);
      setStep({ at: "choose" });
    },
  };
}
