import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Days } from "../api/figure-schemas.ts";
import { useDesk } from "../desk.ts";
import { DayChart } from "./day-chart.tsx";
import { figureOf, namesOf, total, totalOf, unitsOf } from "./figure-sums.ts";
import { FigureTable, UnitTable } from "./figure-table.tsx";
import { answersText, bookingsText, casesText, contactsText, solvedText, unitsText } from "./figure-words.ts";

/** Each with its finding in a sentence, a picture where it helps, and the numbers. */
export function FigureSections({ figures: { days, open } }: { figures: Days }) {
  const { directory } = useDesk();
  const table = (caption: string, names: readonly string[]) => (
    <FigureTable caption={caption} names={names} days={days} directory={directory} />
  );
  const units = unitsOf(days);
  const contacts = namesOf(days, "contacts");
  return (
    <div class="figures">
      <Section title="Kontakter" finding={contactsText(days)}>
        {contacts.length > 0 && (
          <>
            <DayChart
              label={`Kontakter per dag. ${contactsText(days)}`}
              days={days}
              series={[{ name: "Kontakter", count: (day) => totalOf([day], "contacts") }]}
            />
            {table("Kontakter per kanal", contacts)}
          </>
        )}
      </Section>
      <Section title="Ärenden" finding={casesText(days, open)}>
        {total(days, "opened") + total(days, "closed") > 0 && (
          <DayChart
            label={`Öppnade och avslutade ärenden per dag. ${casesText(days, open)}`}
            days={days}
            series={[
              { name: "Öppnade", count: (day) => figureOf(day, "opened") + figureOf(day, "reopened") },
              { name: "Avslutade", count: (day) => figureOf(day, "closed") },
            ]}
          />
        )}
        {table("Öppnade och avslutade ärenden", ["opened", "reopened", "closed"])}
      </Section>
      <Section title="Första svar" finding={answersText(days)}>
        {table("Första svar", [
          "first-answers",
          "first-answers-within-promise",
          "first-answers/same-day",
          "first-answers/next-day",
          "first-answers/two-days",
          "first-answers/later",
        ])}
      </Section>
      <Section title="Vem som löste det" finding={solvedText(days)}>
        {table("Vem som löste ärendena", [
          "solved/service-centre",
          "solved/with-units",
          "solved/transferred",
          ...namesOf(days, "closed"),
        ])}
      </Section>
      <Section title="Enheterna" finding={unitsText(days, directory)} wide>
        {units.length > 0 && <UnitTable units={units} days={days} directory={directory} />}
        {table("Överlämnat och extra varv", [...namesOf(days, "transfers"), "extra-laps"])}
      </Section>
      <Section title="Bokningar" finding={bookingsText(days)}>
        {totalOf(days, "bookings") > 0 && (
          <>
            <DayChart
              label={`Bokade tider per dag. ${bookingsText(days)}`}
              days={days}
              series={[{ name: "Bokade", count: (day) => totalOf([day], "bookings") }]}
            />
            {table("Bokningar och vad som blev av dem", [
              ...["bookings/public", "bookings/internal", "bookings-moved"],
              ...["bookings-cancelled/citizen", "bookings-cancelled/staff", "bookings-missed"],
              ...namesOf(days, "bookings-declined"),
              ...namesOf(days, "bookings-unsettled"),
              ...namesOf(days, "bookings-with"),
            ])}
          </>
        )}
      </Section>
    </div>
  );
}

type SectionProps = { title: string; finding: string; wide?: boolean; children: ComponentChildren };

function Section({ title, finding, wide = false, children }: SectionProps) {
  const id = useId();
  return (
    <section
      class={wide ? "ds-card figure-section all-columns" : "ds-card figure-section"}
      data-color="neutral"
      aria-labelledby={id}
    >
      <h2 id={id} class="ds-heading" data-size="xs">
        {title}
      </h2>
      <p class="finding">{finding}</p>
      {children}
    </section>
  );
}
