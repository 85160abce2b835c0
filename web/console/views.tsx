import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeading } from "../ui/page-heading.tsx";
import type { BackTo } from "./back-link.tsx";
import { CasePage } from "./case/case-page.tsx";
import { NumberPage } from "./case/number-page.tsx";
import { useDesk } from "./desk.ts";
import { lazyView } from "./lazy-view.tsx";
import { CaseTable } from "./list/case-table.tsx";
import { CASE_LISTS, unitListWords } from "./list/list-words.ts";
import { TaskTable } from "./list/task-table.tsx";
import { WorklistPage } from "./list/worklist-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { QuarantinePage } from "./quarantine/quarantine-page.tsx";
import type { Route } from "./route.ts";
import { TaskPage } from "./task/task-page.tsx";

const FiguresView = lazyView(() => import("./figures/figures-view.tsx").then((part) => part.FiguresView));
const MailTextsView = lazyView(() => import("./mail-texts-page.tsx").then((part) => part.MailTextsPage));
const BookingView = lazyView(() => import("./booking/booking-view.tsx").then((part) => part.BookingView));
const ReceptionView = lazyView(() =>
  import("./reception/reception-view.tsx").then((part) => part.ReceptionView),
);

type Props = {
  route: Route;
  previous: Route | undefined;
  /** The list that a case or task leads back to. */
  back: BackTo;
};

/** The view that an address names. */
export function View({ route, previous, back }: Props) {
  const { cases, taskList, directory } = useDesk();
  const focused = previous !== undefined;
  switch (route.view) {
    case "home":
      return <NoWays />;
    case "cases": {
      const words = CASE_LISTS[route.list];
      const returnedFrom = previous?.view === "case" ? previous.caseId : undefined;
      if (route.list === "quarantine")
        return <QuarantinePage returnedFrom={returnedFrom} focused={focused} />;
      return (
        <WorklistPage
          key={route.list}
          store={cases[route.list]}
          words={words}
          returnedFrom={returnedFrom}
          focused={focused}
        >
          {(rows, added, now) => <CaseTable caption={words.title} rows={rows} added={added} now={now} />}
        </WorklistPage>
      );
    }
    case "tasks": {
      const words = unitListWords(directory.unitName(route.unit));
      return (
        <WorklistPage
          key={route.unit}
          store={taskList(route.unit)}
          words={words}
          returnedFrom={previous?.view === "task" ? previous.taskId : undefined}
          focused={focused}
        >
          {(rows, added, now) => <TaskTable caption={words.title} rows={rows} added={added} now={now} />}
        </WorklistPage>
      );
    }
    case "case":
      return <CasePage key={route.caseId} caseId={route.caseId} back={back} focused={focused} />;
    case "number":
      return <NumberPage key={route.caseNumber} caseNumber={route.caseNumber} focused={focused} />;
    case "task":
      return (
        <TaskPage
          key={route.taskId}
          caseId={route.caseId}
          taskId={route.taskId}
          back={back}
          focused={focused}
        />
      );
    case "figures":
    case "figure":
      return <FiguresView route={route} focused={focused} />;
    case "mail-texts":
      return <MailTextsView focused={focused} />;
    case "booking":
      return <BookingView parts={route.parts} focused={focused} />;
    case "reception":
      return <ReceptionView page={route.page} focused={focused} />;
    case "unknown":
      return (
        <NotFoundPage title="Sidan finns inte" focused={focused}>
          Adressen leder inte till någon sida här.
        </NotFoundPage>
      );
  }
}

/** For those whose work is not here yet. */
function NoWays() {
  return (
    <>
      <PageHeading focused={false}>Välkommen</PageHeading>
      <EmptyState title="Det finns inget för dig att göra här ännu">
        <p>
          Du är inloggad, men ditt konto har ingen lista. Fråga din chef eller systemförvaltaren om du borde
          ha en.
        </p>
      </EmptyState>
    </>
  );
}

/** The tab's title. It stays in the browser's history, so it holds nothing about a person. */
export function titleOf(route: Route): string {
  switch (route.view) {
    case "home":
      return "Start";
    case "cases":
      return CASE_LISTS[route.list].title;
    case "tasks":
      return "Uppdrag";
    case "case":
    case "number":
      return "Ärende";
    case "task":
      return "Uppdrag";
    case "figures":
    case "figure":
      return "Siffror";
    case "mail-texts":
      return "Mejltexter";
    case "booking":
      return "Bokning";
    case "reception":
      return "Reception";
    case "unknown":
      return "Sidan finns inte";
  }
}
