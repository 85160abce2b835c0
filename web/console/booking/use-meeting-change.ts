import { useState } from "preact/hooks";
import { dateInSweden } from "../../ui/swedish-time.ts";
import type { Outcome } from "../api/request.ts";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import type { No } from "./alternatives.tsx";
import { bookingPath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { refusedText, timeText } from "./booking-words.ts";
import type { Booking, Slot } from "./schemas.ts";
import type { Basics } from "./with-basics.tsx";

type To = { office: string; startsAt: string; person?: string; room?: string };

/** Moves or cancels a booking; each says whether it was done. What it answers is shown, also with a no; a move can be taken back. */
export function useMeetingChange(booking: Booking, { today }: Pick<Basics, "today">) {
  const { api, bookings } = useBookingDesk();
  const { say } = useDesk();
  const [busy, setBusy] = useState(false);
  const [no, setNo] = useState<No | undefined>();

  const change = async (
    ask: () => Promise<
      Outcome<Booking, { alternatives?: readonly Slot[] | undefined; booking?: Booking | undefined }>
    >,
  ): Promise<Booking | undefined> => {
    if (busy) return undefined;
    setBusy(true);
    setNo(undefined);
    try {
      const outcome = await ask();
      const stands = "answer" in outcome ? outcome.answer : outcome.current?.booking;
      if (stands !== undefined) bookings.put(bookingPath(stands.bookingId), stands);
      if ("answer" in outcome) return outcome.answer;
      setNo({ text: refusedText(outcome.refused), alternatives: outcome.current?.alternatives ?? [] });
      return undefined;
    } catch (failure) {
      setNo({ text: failureText(failure, false), alternatives: [] });
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  const moveFrom = (from: Booking, to: To) => change(() => api.move(from.bookingId, movedBody(from, to)));
  return {
    busy,
    no,
    move: async (to: To): Promise<boolean> => {
      const moved = await moveFrom(booking, to);
      if (moved === undefined) return false;
      const text = `Mötet är flyttat till ${timeText(moved, dateInSweden(new Date(moved.startsAt)), today)}.${mailedText(booking)}`;
      // A meeting that had no person left has nothing to go back to.
      if (booking.status === "unsettled") say({ text });
      else say({ text, undo: { text: "Flytta tillbaka", run: () => void moveBack(moved) } });
      return true;
    },
    /** `following`: those after it in its series as well. */
    cancel: async (following: boolean): Promise<boolean> => {
      if (following) return await cancelFollowing();
      const gone = await change(() => api.cancel(booking.bookingId, booking.version));
      if (gone === undefined) return false;
      say({ text: `Mötet är avbokat.${mailedText(booking)}` });
      return true;
    },
    decide: async (yes: boolean, reason?: string): Promise<boolean> => {
      const { bookingId, version } = booking;
      const answer = { yes, version, ...(reason === undefined ? {} : { reason }) };
      const decided = await change(() => api.decide(bookingId, answer));
      if (decided === undefined) return false;
      say({ text: `${yes ? "Bokningen är godkänd." : "Nej är svarat."}${mailedText(booking)}` });
      return true;
    },
    noteInterpreter: async (reference: string): Promise<boolean> => {
      const noted = await change(() => api.noteInterpreter(booking.bookingId, booking.version, reference));
      if (noted === undefined) return false;
      say({ text: noted.interpreter?.ordered == null ? "Tolken är avbeställd." : "Tolken är beställd." });
      return true;
    },
  };

  async function cancelFollowing(): Promise<boolean> {
    let cancelled = 0;
    const gone = await change(async () => {
      const outcome = await api.cancelFollowing(booking.bookingId);
      if ("refused" in outcome) return outcome;
      ({ cancelled } = outcome.answer);
      return { answer: await api.booking(bookingPath(booking.bookingId), AbortSignal.timeout(20_000)) };
    });
    if (gone === undefined) return false;
    say({
      text: `${cancelled === 1 ? "Mötet är avbokat." : `${cancelled} möten är avbokade.`}${mailedText(booking)}`,
    });
    return true;
  }

  async function moveBack(moved: Booking): Promise<void> {
    const { office, startsAt, person, room } = booking;
    const back = await moveFrom(moved, {
      office,
      startsAt,
      ...(person === null ? {} : { person }),
      ...(room === null ? {} : { room }),
    });
    say({
      text: back === undefined ? "Gick inte att flytta tillbaka." : "Mötet står på sin gamla tid igen.",
    });
  }
}

/** A move keeps what was wished of the meeting. */
function movedBody({ version, language, equipment, seats }: Booking, to: To) {
  return { version, ...to, equipment, seats, ...(language === null ? {} : { language }) };
}

/** Whether the citizen is told, and how. */
export function mailedText({ party, toldBy }: Booking): string {
  if (party?.email != null) return ` Ett mejl om det skickas till ${party.email}.`;
  if (toldBy === "text") return ` Ett sms om det skickas till ${party?.phone}.`;
  if (party?.phone != null) return ` Ingen e-postadress: ring ${party.phone}.`;
  return " Det finns ingen e-postadress att skriva till.";
}
