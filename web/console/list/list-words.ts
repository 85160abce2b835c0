import type { CaseList } from "../api/client.ts";
import type { ListWords } from "./worklist-page.tsx";

const cases = { one: "ärende", many: "ärenden" };

/** What is said of each list of the servicecenter. */
export const CASE_LISTS: Readonly<Record<CaseList, ListWords>> = {
  unassigned: {
    ...cases,
    title: "Att ta hand om",
    about: "Ärenden som ingen har tagit, och som behöver någon.",
    empty: {
      title: "Inget att ta hand om",
      text: "Alla ärenden är tagna. Nya visas här av sig själva.",
    },
  },
  mine: {
    ...cases,
    title: "Mina ärenden",
    about: "Ärenden som du har, och som behöver dig nu.",
    empty: {
      title: "Inget väntar på dig",
      text: "Det du har tagit och som väntar på andra ligger under Väntar.",
    },
  },
  quarantine: {
    ...cases,
    title: "Karantän",
    about:
      "Mejl vars avsändare inte kunde bekräftas, eller som såg ut som skräppost. De är inkomna och räknas.",
    empty: { title: "Inget i karantän", text: "Det som hamnar här visas av sig självt." },
  },
  waiting: {
    ...cases,
    title: "Väntar",
    about: "Ärenden som väntar på en enhet, en nämnd, invånaren eller ett datum.",
    empty: { title: "Inget väntar", text: "Ärenden som väntar på någon annan visas här." },
  },
};

/** What is said of a unit's list. */
export function unitListWords(name: string): ListWords {
  return {
    title: `Uppdrag: ${name}`,
    about: "Det servicecentret har bett er om. När uppdraget är besvarat försvinner det härifrån.",
    one: "uppdrag",
    many: "uppdrag",
    empty: { title: "Inga uppdrag", text: "Ni har svarat på allt. Nya uppdrag visas här av sig själva." },
  };
}
