import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { VNode } from "preact";
import { municipality } from "#shared/config.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { htmlPage, pageHeaders } from "#web/citizen/http.ts";
import type { Around } from "#web/citizen/layout.tsx";
import { HindrancePage, NoPage } from "./choice-views.tsx";

export type HttpResult = APIGatewayProxyStructuredResultV2;

export function around(): Around {
  const { organisation, serviceCentre, calendars, colours } = municipality();
  const week = calendars[serviceCentre.calendar]?.week;
  return {
    organisation: organisation.name,
    serviceCentre: serviceCentre.name,
    phone: serviceCentre.phone,
    openingHours: week === undefined ? "" : openingHoursInWords(week),
    colour: colours.primary,
  };
}

export function page(statusCode: number, content: VNode, more: Record<string, string> = {}): HttpResult {
  const answer = htmlPage(statusCode, content, around());
  return { ...answer, headers: { ...answer.headers, ...more } };
}

/** After what was sent: the page that shows what came of it, so that looking again sends nothing again. */
export function see(location: string): HttpResult {
  return { statusCode: 303, headers: { ...pageHeaders(around()), location } };
}

/** A service that is not open, a link that does not hold, an address that never was: all are the very same. */
export function notFound(): HttpResult {
  return page(404, <NoPage around={around()} />);
}

export function busy(back: string): HttpResult {
  const text = "Många bokar just nu. Ingen tid är bokad. Vänta en liten stund och försök igen.";
  const content = <HindrancePage around={around()} heading="Försök igen" text={text} back={back} />;
  return page(503, content, { "retry-after": "5" });
}

export function tooMany(back: string): HttpResult {
  const { holdMinutes, holdsPerClient } = municipality().booking;
  const text = `Du har redan ${holdsPerClient} tider som väntar på att du bokar dem. Boka en av dem, eller vänta ${holdMinutes} minuter, så kan du välja en ny.`;
  const content = <HindrancePage around={around()} heading="Vänta en stund" text={text} back={back} />;
  return page(429, content, { "retry-after": String(holdMinutes * 60) });
}

export function calendarDownload(text: string): HttpResult {
  const { headers, ...answer } = calendarFeed(text);
  const named = { ...headers, "content-disposition": 'attachment; filename="bokning.ics"' };
  return { ...answer, headers: named };
}

/** A calendar as other programs fetch it. */
export function calendarFeed(text: string): HttpResult {
  const headers = { ...pageHeaders(around()), "content-type": "text/calendar; charset=utf-8" };
  return { statusCode: 200, headers, body: text };
}
