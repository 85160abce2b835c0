import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { logFailure } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";
import { around, type HttpResult, page } from "./answer.tsx";
import { HindrancePage } from "./choice-views.tsx";
import { choosePages } from "./choose.tsx";
import { feedPages } from "./feed.ts";
import { linePages } from "./line.tsx";
import { ownPages } from "./own.tsx";
import { ownLinePages } from "./own-line.tsx";
import { requestOf } from "./request.ts";

/**
 * What citizens book by, without signing in and without JavaScript: `/b` to choose service, place and time or to get in line for one,
 * `/b/m/<token>` for what they have booked, `/b/k/<token>` for what they wait for. And `/b/kalender/<token>.ics`, by which staff
 * subscribe to their own meetings. GET shows and changes nothing; POST leads to a page that may be looked at again.
 */
export async function handler(event: APIGatewayProxyEventV2): Promise<HttpResult> {
  try {
    const request = requestOf(event);
    const [first, , third] = request.path;
    if (third === "ko") return await linePages(request, now());
    if (first === "kalender") return await feedPages(request, now());
    if (first === "k") return await ownLinePages(request, now());
    return first === "m" ? await ownPages(request, now()) : await choosePages(request, now());
  } catch (error) {
    logFailure("PAGE_FAILED", error);
    const text = "Försök igen om en stund. Gick det fel när du bokade kan tiden ändå vara bokad.";
    const words = { heading: "Något gick fel hos oss", text, back: undefined };
    return page(500, <HindrancePage around={around()} {...words} />);
  }
}
