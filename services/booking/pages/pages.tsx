import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { logFailure } from "#shared/logging.ts";
import { now } from "#shared/time/clock.ts";
import { around, type HttpResult, page } from "./answer.tsx";
import { HindrancePage } from "./choice-views.tsx";
import { choosePages } from "./choose.tsx";
import { ownPages } from "./own.tsx";
import { requestOf } from "./request.ts";

/**
 * What citizens book by, without signing in and without JavaScript: `/b` to choose service, place and time, `/b/m/<token>` for what
 * they have booked. GET shows and changes nothing; POST leads to a page that may be looked at again.
 */
export async function handler(event: APIGatewayProxyEventV2): Promise<HttpResult> {
  try {
    const request = requestOf(event);
    return request.path[0] === "m" ? await ownPages(request, now()) : await choosePages(request, now());
  } catch (error) {
    logFailure("PAGE_FAILED", error);
    const text = "Försök igen om en stund. Gick det fel när du bokade kan tiden ändå vara bokad.";
    const words = { heading: "Något gick fel hos oss", text, back: undefined };
    return page(500, <HindrancePage around={around()} {...words} />);
  }
}
