import { municipality } from "#shared/config.ts";
import type { Event } from "#shared/event.ts";
import { sealLetter } from "#shared/letter.ts";
import type { BookingService } from "../book/offer.ts";
import { type WaitingLetter, waitingStarted, waitingTimeFree } from "../events.ts";
import type { FreeTime, Waiting } from "./waiting.ts";

/** What somebody in line is written: that they are, or with `time` that this one is free. */
export function letterTo(
  email: string,
  waiting: Waiting,
  service: BookingService,
  time: FreeTime | undefined,
): ReturnType<typeof sealLetter> {
  const [first = "sv"] = municipality().languages;
  const letter: WaitingLetter = {
    to: email,
    language: waiting.language ?? first,
    service: service.visibility === "secret" ? null : service.name,
    place: municipality().places.find(({ id }) => id === waiting.office)?.name ?? waiting.office,
    from: waiting.from,
    until: waiting.to,
    time: time === undefined ? null : { startsAt: time.start.toISOString(), endsAt: time.end.toISOString() },
  };
  return sealLetter("booking", waiting.waitingId, letter);
}

type Letter = ReturnType<typeof letterTo>;

function about({ waitingId, version, service, unit, office, linkVersion }: Waiting, letter: Letter) {
  const ref = { key: letter.key, sha256: letter.sha256 };
  return { waitingId, waitingVersion: version, service, unit, office, linkVersion, letter: ref };
}

const nth = ({ waitingId, version }: Waiting, at: Date) => ({ subject: waitingId, version, at });

export function startedEvent(waiting: Waiting, letter: Letter, at: Date): Event {
  return waitingStarted.make(nth(waiting, at), about(waiting, letter));
}

export function timeFreeEvent(waiting: Waiting, { start, end }: FreeTime, letter: Letter, at: Date): Event {
  const time = { startsAt: start.toISOString(), endsAt: end.toISOString() };
  return waitingTimeFree.make(nth(waiting, at), { ...about(waiting, letter), ...time });
}
