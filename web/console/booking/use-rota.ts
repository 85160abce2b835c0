import { useEffect, useRef, useState } from "preact/hooks";
import { failureText } from "../case/use-case-change.ts";
import { useDesk } from "../desk.ts";
import { officePath } from "./api.ts";
import { useBookingDesk } from "./booking-desk.ts";
import { draftOf, newDraft, type RotaDraft, rotaOf } from "./rota-draft.ts";
import type { Check, Fault, KeptRota } from "./rota-schemas.ts";
import { refusedPublishing } from "./rota-words.ts";
import type { Basics } from "./with-basics.tsx";

const CHECK_AFTER_MS = 300;

/** A rota being written: what it would mean is asked a moment after each change; saved, approved and published over what was seen. */
export function useRota(
  rotaId: string,
  opened: KeptRota | undefined,
  { office, exceptions }: { office: string; exceptions: number },
  basics: Basics,
) {
  const { api, rotas } = useBookingDesk();
  const { say, me } = useDesk();
  const [kept, setKept] = useState(opened);
  const [draft, setDraft] = useState<RotaDraft>(() =>
    opened === undefined ? newDraft(office, basics.today) : draftOf(opened.rota),
  );
  const [dirty, setDirty] = useState(opened === undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const check = useCheck(rotaId, draft, kept, exceptions);
  const words = { person: basics.names.person, today: basics.today };

  const took = (now: KeptRota): KeptRota => {
    setKept(now);
    void rotas.revalidate(`${officePath(office)}/rotas`);
    return now;
  };
  /** The rota as it is saved; undefined when it could not be. */
  const saved = async (): Promise<KeptRota | undefined> => {
    if (!dirty && kept !== undefined) return kept;
    const rota = rotaOf(draft, kept?.rota);
    if (rota === undefined) {
      setProblem("Rätta de markerade fälten först.");
      return undefined;
    }
    const outcome = await api.saveRota(rotaId, rota, kept?.version ?? 0);
    if ("answer" in outcome) {
      setDirty(false);
      return took(outcome.answer);
    }
    if (outcome.current !== undefined) took(outcome.current);
    setProblem(
      outcome.refused === "changed"
        ? "Någon annan har sparat schemat. Det du skrev är kvar: spara igen för att skriva över, eller ladda om sidan."
        : "Schemat gick inte att spara.",
    );
    return undefined;
  };
  const doing = async (what: () => Promise<string | undefined>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const done = await what();
      if (done !== undefined) say({ text: done });
    } catch (failure) {
      setProblem(failureText(failure, true));
      await adoptVersion();
    }
    setBusy(false);
  };
  /** What was broken off may have been done in part: the next try is over what stands. */
  const adoptVersion = async (): Promise<void> => {
    const path = `${officePath(office)}/rotas`;
    await rotas.revalidate(path);
    const stands = rotas.read(path).data?.rotas.find((one) => one.rotaId === rotaId);
    if (stands !== undefined) setKept(stands);
  };
  const faultsOfDraft = async (): Promise<readonly Fault[]> => {
    const rota = rotaOf(draft, kept?.rota);
    const outcome = rota === undefined ? undefined : await api.check(rotaId, rota);
    return outcome !== undefined && "answer" in outcome ? outcome.answer.faults : [];
  };
  const refused = (faults: readonly Fault[]): void => setProblem(refusedPublishing(faults, words));

  return {
    draft,
    kept,
    dirty,
    busy,
    problem,
    check,
    edit: (change: Partial<RotaDraft>): void => {
      setDirty(true);
      setDraft((before) => ({ ...before, ...change }));
    },
    save: () => doing(async () => ((await saved()) === undefined ? undefined : "Utkastet är sparat.")),
    /** Says yes to the work of one's own people. */
    approve: (people: readonly string[]) =>
      doing(async () => {
        let now = await saved();
        for (const person of people) {
          if (now === undefined) return undefined;
          const outcome = await api.approve(office, rotaId, { seen: now.version, person });
          if ("refused" in outcome) {
            setProblem("Någon annan ändrade schemat. Försök igen.");
            await adoptVersion();
            return undefined;
          }
          now = took(outcome.answer);
        }
        return `Godkänt av ${me.name}.`;
      }),
    publish: () =>
      doing(async () => {
        // What cannot be published is not saved on the way: a rota in force stays in force.
        const faults = dirty ? await faultsOfDraft() : [];
        if (faults.length > 0) {
          refused(faults);
          return undefined;
        }
        const now = await saved();
        if (now === undefined) return undefined;
        const outcome = await api.publish(office, rotaId, now.version);
        if ("answer" in outcome) {
          took(outcome.answer.rota);
          return `Schemat är publicerat. ${outcome.answer.days} dagar ändrades.`;
        }
        const { current } = outcome;
        if (current !== undefined && "faults" in current) refused(current.faults);
        else {
          setProblem("Någon annan ändrade schemat. Försök igen.");
          await adoptVersion();
        }
        return undefined;
      }),
  };
}

/** What the draft would mean, a moment after the last change; what is known stays until there is something newer. */
function useCheck(
  rotaId: string,
  draft: RotaDraft,
  kept: KeptRota | undefined,
  exceptions: number,
): Check | undefined {
  const { api } = useBookingDesk();
  const [check, setCheck] = useState<Check | undefined>();
  const asked = useRef(0);
  useEffect(() => {
    const rota = rotaOf(draft, kept?.rota);
    asked.current += 1;
    if (rota === undefined) return undefined;
    const own = asked.current;
    const timer = setTimeout(() => {
      api.check(rotaId, rota).then(
        (outcome) => {
          if (own === asked.current && "answer" in outcome) setCheck(outcome.answer);
        },
        () => undefined,
      );
    }, CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [api, rotaId, draft, kept, exceptions]);
  return check;
}
