import { Badge, type BadgeTone } from "../../ui/badge.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Problem } from "../../ui/problem.tsx";
import { clockInSweden } from "../../ui/swedish-time.ts";
import { KeyHint } from "./key-hint.tsx";
import { useReception } from "./reception-desk.ts";
import { floorText, stateText } from "./reception-words.ts";
import type { Visit } from "./schemas.ts";
import { nextStep, type Step, stepsOf } from "./steps.ts";
import { isEarly, minutesWaited, visitId } from "./today.ts";
import type { Steps } from "./use-steps.ts";

type Props = { visit: Visit; steps: Steps; now: Date };

/** A visitor who is here: number, where to, for how long, and the one thing to do next. */
export function VisitRow({ visit, steps, now }: Props) {
  const { screened, personName } = useReception();
  const id = visitId(visit);
  const next = nextStep(visit);
  const others = stepsOf(visit).filter((step) => step !== next);
  const host = personName(visit.colleague ?? visit.host);
  return (
    <li id={id} class="entry" data-entry>
      <p class="entry-number">
        <span class="ds-sr-only">Nummer </span>
        {visit.number}
      </p>
      <div class="entry-who">
        <p>
          <strong>{capital(floorText(visit.floor))}</strong>
          {!screened && visit.name !== null && ` · ${visit.name}`}
          {!screened && host !== undefined && <span class="subtle"> · till {host}</span>}
        </p>
        <p class="subtle">
          {visit.badge !== null && `Bricka ${visit.badge} · `}kom {clockInSweden(new Date(visit.arrivedAt))}
        </p>
      </div>
      <div class="entry-state">
        <Badge tone={toneOf(visit)} icon={visit.unanswered ? "warning" : "clock"}>
          {stateText(visit)}
        </Badge>
        <Waited visit={visit} now={now} />
      </div>
      <div class="entry-steps">
        {next !== undefined && (
          <StepButton step={next} visit={visit} main={true} busy={steps.busy === id} onRun={steps.run} />
        )}
        {others.length > 0 && (
          <Fold show="Mer" hide="Mindre">
            <div class="buttons">
              {others.map((step) => (
                <StepButton
                  key={step.command}
                  step={step}
                  visit={visit}
                  main={false}
                  busy={steps.busy === id}
                  onRun={steps.run}
                />
              ))}
            </div>
          </Fold>
        )}
      </div>
      {steps.problem?.id === id && steps.asked === undefined && (
        <div class="entry-problem">
          <Problem text={steps.problem.text} />
        </div>
      )}
    </li>
  );
}

const WAITS = ["waiting", "called", "cleared"];

function Waited({ visit, now }: { visit: Visit; now: Date }) {
  if (!WAITS.includes(visit.state)) return null;
  return (
    <span class="subtle">
      {isEarly(visit, now)
        ? `Bokad ${clockInSweden(new Date(visit.waitingFrom))}`
        : `Väntat ${minutesWaited(visit, now)} min`}
    </span>
  );
}

function toneOf({ unanswered, state }: Visit): BadgeTone {
  if (unanswered) return "danger";
  if (state === "cleared") return "success";
  return state === "waiting" ? "warning" : "neutral";
}

type StepProps = {
  step: Step;
  visit: Visit;
  main: boolean;
  busy: boolean;
  onRun: (visit: Visit, step: Step) => void;
};

function StepButton({ step, visit, main, busy, onRun }: StepProps) {
  return (
    <button
      type="button"
      class={main ? "ds-button entry-main" : "ds-button"}
      data-variant={main ? "primary" : "secondary"}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={busy ? undefined : () => onRun(visit, step)}
    >
      {step.text}
      <span class="ds-sr-only"> nummer {visit.number}</span>
      <KeyHint keys={[step.key]} />
    </button>
  );
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
