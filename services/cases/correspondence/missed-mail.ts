import { type Refused, refuse } from "#shared/refusal.ts";
import { attentionRaised } from "../events.ts";
import { aboutCase, type Case, type Change, inCase } from "../register/case.ts";

/** Whoever is on call has perhaps not been told: somebody must ring them now, whatever else calls for eyes. */
export function missAlarm(current: Case, now: Date): Change {
  const cause = "alarm-not-delivered";
  return {
    command: "failDelivery",
    seen: current.version,
    next: { ...current, version: current.version + 1, attention: cause },
    events: [attentionRaised.make(inCase(current, now), { ...aboutCase(current), cause })],
    letters: [],
  };
}

/**
 * The acknowledgement came back: somebody should ring or write a letter. It takes nothing back that the citizen was told,
 * and overwrites no other call for attention. A case that has ended needs no acknowledgement.
 */
export function missAcknowledgement(current: Case, now: Date): Change | Refused<"wrong-status"> {
  if (current.status === "closed") return refuse("wrong-status");
  const cause = "acknowledgement-not-delivered";
  return {
    command: "failDelivery",
    seen: current.version,
    next: { ...current, version: current.version + 1, attention: current.attention ?? cause },
    events: [attentionRaised.make(inCase(current, now), { ...aboutCase(current), cause })],
    letters: [],
  };
}
