import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { VNode } from "preact";
import { municipality } from "#shared/config.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { htmlPage, pageHeaders } from "#web/citizen/http.ts";
import type { Around } from "#web/citizen/layout.tsx";
import { NoPage } from "./choice-views.tsx";

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
