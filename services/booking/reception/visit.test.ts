import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRefused, refuse } from "#shared/refusal.ts";
import {
  type Arrival,
  allowedIn,
  arrive,
  call,
  clear,
  closeForgotten,
  fetchVisitor,
  goAway,
  handBack,
  handIn,
  inTurn,
  isInHouse,
  isUnanswered,
  isUp,
  isWaiting,
  leave,
  type Reception,
  receive,
  receptions,
  secondsWaited,
  sendUp,
  tryAgain,
  turnAway,
  undo,
  type Visit,
  type VisitChange,
  type VisitCommand,
  type VisitRefusal,
  visitStates,
} from "./visit.ts";

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const arrival: Arrival = {
  visitId: "a".repeat(32),
  office: "kommunhuset",
  number: 7,
  purpose: "floor",
  floor: 4,
  reception: "host",
  secret: false,
  badge: 17,
  asked: "x",
  unit: "bygglov",
  service: "bygglov-radgivning",
  host: "bygglov",
  booking: {
    bookingId: "b".repeat(32),
    startsAt: "2026-11-24T10:00:00.000Z",
    endsAt: "2026-11-24T10:45:00.000Z",
  },
};
const social: Arrival = {
  ...arrival,
  floor: 2,
  reception: "coordinator",
  secret: true,
  unit: "ifo-mottagning",
  service: "ekonomiskt-bistand",
  host: "handlaggare",
};
const who = (time: string) => ({ by: "reception", now: at(time) });

function done(change: VisitChange | { refused: string }): VisitChange {
  if (isRefused(change)) throw new Error(change.refused);
  return change as VisitChange;
}

type Command = (visit: Visit, time: string) => ReturnType<typeof call>;
const commands: Record<VisitCommand, Command> = {
  call: (visit, time) => call(visit, who(time)),
  tryAgain: (visit, time) => tryAgain(visit, undefined, who(time)),
  clear: (visit, time) => clear(visit, who(time)),
  sendUp: (visit, time) => sendUp(visit, who(time)),
  fetch: (visit, time) => fetchVisitor(visit, who(time)),
  receive: (visit, time) => receive(visit, who(time)),
  handBack: (visit, time) => handBack(visit, who(time)),
  handIn: (visit, time) => handIn(visit, who(time)),
  turnAway: (visit, time) => turnAway(visit, "other", who(time)),
  goAway: (visit, time) => goAway(visit, who(time)),
  undo: (visit, time) => undo(visit, who(time)),
  leave: (visit, time) => leave(visit, who(time)),
  closeForgotten: (visit, time) => closeForgotten(visit, "looked-for", who(time)),
};

/** The visit after commands, the first at ten past the minute, five seconds between them. */
function visitAfter(from: Arrival, ...names: VisitCommand[]): Visit {
  const start = arrive(from, at("09:50:00")).next;
  return names.reduce(
    (visit, name, place) => done(commands[name](visit, `10:00:${10 + 5 * place}`)).next,
    start,
  );
}

const walks: Record<Reception, VisitCommand[]> = {
  host: ["call", "fetch", "handBack", "leave"],
  coordinator: ["call", "clear", "sendUp", "receive", "handBack", "leave"],
  "upper-reception": ["call", "sendUp", "receive", "handBack", "leave"],
};

describe("a visitor's walk", () => {
  test.each(receptions)("to a floor with %s goes its way step by step", (reception) => {
    const visit = visitAfter({ ...arrival, reception }, ...walks[reception]);
    expect(visit).toMatchObject({ state: "left", version: 1 + walks[reception].length });
    expect(visit.steps.map(({ step, by }) => [step, by])).toEqual(
      walks[reception].map((step) => [step, "reception"]),
    );
  });

  test.each([[[]], [["call"]], [["call", "tryAgain"]]] as const)(
    "to a coordinator's floor is not sent up before clearance: after %j",
    (before) => {
      expect(sendUp(visitAfter(social, ...before), who("10:01:00"))).toEqual(refuse("not-cleared"));
    },
  );

  test("is cleared by nobody where the host fetches", () => {
    expect(clear(visitAfter(arrival, "call"), who("10:01:00"))).toEqual(refuse("wrong-status"));
    expect(sendUp(visitAfter(arrival, "call"), who("10:01:00"))).toEqual(refuse("wrong-status"));
  });

  test("ends with a document handed in, without a host, and a slip that says when", () => {
    const change = done(handIn(visitAfter(social), who("10:01:00")));
    expect(change.next).toMatchObject({ state: "handed-in", slip: { at: "2026-11-24T10:01:00.000Z" } });
    expect(change.next.slip?.code).toMatch(/^[0-9a-f]{8}$/);
    expect(change.event).toMatchObject({ type: "VisitorLeft", data: { outcome: "handed-in" } });
  });

  test("can end with the host's no, and why", () => {
    const change = done(turnAway(visitAfter(arrival, "call"), "must-book", who("10:03:20")));
    expect(change.next).toMatchObject({ state: "turned-away", turnedAway: "must-book" });
    expect(change.event).toMatchObject({
      type: "VisitorTurnedAway",
      data: { reason: "must-book", waitingSeconds: 200 },
    });
  });

  test("is told each time, with a colleague in the host's place", () => {
    const once = visitAfter(arrival, "call");
    const again = done(tryAgain(once, "jonas", who("10:06:00"))).next;
    expect(again).toMatchObject({ tries: 2, colleague: "jonas", state: "called" });
    expect(done(tryAgain(again, undefined, who("10:07:00"))).next).toMatchObject({
      tries: 3,
      colleague: "jonas",
    });
  });
});

test("whatever is tried in whatever state, only the table's is done, and refusing changes nothing", () => {
  const names = Object.keys(allowedIn) as VisitCommand[];
  for (const reception of receptions)
    for (const state of visitStates)
      for (const name of names) {
        const visit = { ...visitAfter({ ...arrival, reception }), state };
        const kept = structuredClone(visit);
        const change = commands[name](visit, "10:01:00");
        const allowed: readonly string[] = allowedIn[name][reception];
        expect(isRefused(change), `${name} ${state} ${reception}`).toBe(!allowed.includes(state));
        expect(visit).toEqual(kept);
      }
});

test("whatever happens in whatever order, versions rise by one, and who has left stays so", () => {
  const names = fc.array(fc.constantFrom(...(Object.keys(commands) as VisitCommand[])), { maxLength: 30 });
  expect(
    fc.check(
      fc.property(fc.constantFrom(...receptions), names, (reception, tried) => {
        let visit = arrive({ ...arrival, reception }, at("09:50:00")).next;
        for (const name of tried) {
          const change: VisitChange | { refused: VisitRefusal } = commands[name](visit, "10:01:00");
          if (isRefused(change)) continue;
          const { next } = change as VisitChange;
          if (!isInHouse(visit)) return false;
          if (next.version !== visit.version + 1 || next.steps.length !== next.version - 1) return false;
          if (next.state === "sent-up" && reception === "coordinator" && visit.state !== "cleared")
            return false;
          visit = next;
        }
        return true;
      }),
    ).failed,
  ).toBe(false);
});

describe("waiting", () => {
  test("begins with the appointment for whoever came early, to the second", () => {
    const visit = arrive(arrival, at("09:50:00")).next;
    expect(visit.waitingFrom).toBe("2026-11-24T10:00:00.000Z");
    expect([at("09:59:59"), at("10:00:00"), at("10:00:01")].map((now) => isWaiting(visit, now))).toEqual([
      false,
      true,
      true,
    ]);
    expect([at("09:55:00"), at("10:00:00"), at("10:01:30")].map((now) => secondsWaited(visit, now))).toEqual([
      0, 0, 90,
    ]);
  });

  test("begins on arrival for whoever came late or unbooked", () => {
    expect(arrive(arrival, at("10:05:00")).next.waitingFrom).toBe("2026-11-24T10:05:00.000Z");
    expect(arrive({ ...arrival, booking: undefined }, at("09:50:00")).next).toMatchObject({
      waitingFrom: "2026-11-24T09:50:00.000Z",
      kind: "drop-in",
      bookingId: null,
    });
  });

  test("is in the order of its beginning, and of numbers where two began at once", () => {
    const unbooked = { ...arrival, booking: undefined };
    const visits = [
      arrive({ ...arrival, number: 1 }, at("09:30:00")).next,
      arrive({ ...unbooked, number: 3 }, at("09:55:00")).next,
      arrive({ ...unbooked, number: 2 }, at("09:55:00")).next,
      { ...arrive({ ...unbooked, number: 4 }, at("09:00:00")).next, state: "called" as const },
    ];
    expect(inTurn(visits).map(({ number }) => number)).toEqual([2, 3, 1]);
  });

  test("is unanswered more than five minutes after the host was last told, and not when they have come", () => {
    const called = visitAfter(arrival, "call");
    expect([at("10:05:10"), at("10:05:11")].map((now) => isUnanswered(called, now))).toEqual([false, true]);
    const again = done(tryAgain(called, undefined, who("10:06:00"))).next;
    expect(isUnanswered(again, at("10:06:01"))).toBe(false);
    expect(isUnanswered(visitAfter(arrival, "call", "fetch"), at("11:00:00"))).toBe(false);
  });

  test("is over on the wall when the visitor may come: after clearance where it is needed", () => {
    expect(
      [visitAfter(arrival), visitAfter(arrival, "call"), visitAfter(arrival, "call", "fetch")].map(isUp),
    ).toEqual([false, true, false]);
    expect([visitAfter(social, "call"), visitAfter(social, "call", "clear")].map(isUp)).toEqual([
      false,
      true,
    ]);
  });
});

describe("what is told", () => {
  test("names floor, kind and how long they waited; of an open floor also host and booking", () => {
    expect(arrive(arrival, at("09:50:00")).event).toMatchObject({
      type: "VisitorArrived",
      data: {
        office: "kommunhuset",
        date: "2026-11-24",
        number: 7,
        floor: "4",
        kind: "booked",
        host: "bygglov",
      },
    });
    expect(done(fetchVisitor(visitAfter(arrival, "call"), who("10:04:00"))).event).toMatchObject({
      type: "VisitorFetched",
      data: { waitingSeconds: 240, bookingId: "b".repeat(32) },
    });
  });

  test("of a secret floor leads to nobody, from the door and out again", () => {
    const events = [
      arrive(social, at("09:50:00")).event,
      ...walks.coordinator.map(
        (name, place) =>
          done(commands[name](visitAfter(social, ...walks.coordinator.slice(0, place)), "10:30:00")).event,
      ),
      done(handIn(visitAfter(social), who("10:01:00"))).event,
      done(turnAway(visitAfter(social), "behaviour", who("10:01:00"))).event,
    ].filter((event) => event !== undefined);
    expect(events.map(({ type }) => type)).toEqual([
      "VisitorArrived",
      "VisitorCalled",
      "VisitorCleared",
      "VisitorSentUp",
      "VisitorLeft",
      "VisitorLeft",
      "VisitorTurnedAway",
    ]);
    for (const { data } of events) {
      expect(data).toMatchObject({ floor: "2", kind: "booked" });
      expect(JSON.stringify(data)).not.toMatch(/handlaggare|ekonomiskt-bistand|ifo-mottagning|bbbb/);
    }
  });
});

test("the local day counts: half past midnight is the new day, though not yet in UTC", () => {
  expect(arrive(arrival, new Date("2027-06-01T22:30:00Z")).next.date).toBe("2027-06-02");
});
