import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { caseIdIn, isTokenOf } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";
import { newId, shortHash } from "#shared/ids.ts";
import { sealLetter, writeLetter } from "#shared/letter.ts";
import { log, logFailure } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { now } from "#shared/time/clock.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { type Around, styleOf } from "#web/citizen/layout.tsx";
import { sealPassedOn } from "../assign/passed-on.ts";
import { citizenPageEnv } from "../env.ts";
import type { Case, Change } from "../register/case.ts";
import { type CaseFile, findCaseFile, saveChange } from "../register/case-table.ts";
import { conversation } from "../register/message-text.ts";
import { isWithAuthority, passOn } from "../register/registration.ts";
import { rules } from "../rules.ts";
import { type PageMessage, receiveFromPage } from "./citizen-case.ts";
import { BrokenPage, CasePage, type CasePageProps, NoCasePage } from "./page-view.tsx";

type HttpEvent = APIGatewayProxyEventV2;
type HttpResult = APIGatewayProxyStructuredResultV2;

/** The citizen's case page, by personal link: GET shows it, POST takes what was written there. Whoever has the link may. */
export async function handler(event: HttpEvent): Promise<HttpResult> {
  const form = formOf(event);
  try {
    const file = await caseOfLink(event.rawPath);
    if (file === undefined) return page(404, <NoCasePage around={around()} />);
    if (event.requestContext.http.method === "POST") return await receive(event, file, form);
    return page(200, <CasePage {...(await propsOf(event, file))} />);
  } catch (error) {
    logFailure("PAGE_FAILED", error);
    return page(500, <BrokenPage around={around()} text={form.text} />);
  }
}

/** Of the page's own reading nobody is named: no draft of anybody's is asked for. */
const nobody = "";

async function caseOfLink(path: string): Promise<CaseFile | undefined> {
  const { CASES_TABLE, LINK_KEY } = citizenPageEnv();
  const token = /^\/m\/([a-z2-7]{52})$/.exec(path)?.[1];
  const caseId = token === undefined ? undefined : caseIdIn(token);
  if (token === undefined || caseId === undefined) return undefined;
  const file = await findCaseFile(CASES_TABLE, caseId, nobody);
  if (file === undefined || !(await isTokenOf(LINK_KEY, "page", file.case, token))) return undefined;
  return file;
}

async function receive(event: HttpEvent, file: CaseFile, form: Form): Promise<HttpResult> {
  const { CASES_TABLE, LETTERS_BUCKET } = citizenPageEnv();
  const wrong = faultOf(form.text);
  if (wrong !== undefined) {
    return page(422, <CasePage {...(await propsOf(event, file))} written={{ text: form.text, wrong }} />);
  }
  const messageId = shortHash(`${file.case.caseId} ${form.id}`);
  const letter = sealLetter("web", messageId, { messageId, text: form.text });
  const take = async (current: Case) => {
    const change = takeIn(current, { messageId, letter, text: form.text }, now());
    for (const one of change.letters) await writeLetter(LETTERS_BUCKET, one);
    return await saveChange(CASES_TABLE, change, null);
  };
  const saved = await take(file.case);
  // Somebody changed the case meanwhile: once more on what stands now. A second time is theirs to try.
  if (saved === "lost-race") {
    const fresh = await caseOfLink(event.rawPath);
    if (fresh === undefined) throw new Error("the case is gone");
    if ((await take(fresh.case)) === "lost-race") throw new Error("the case changed twice");
  }
  log("PAGE_MESSAGE_RECEIVED", { caseId: file.case.caseId, messageId, saved });
  return { statusCode: 303, headers: { ...headers(), location: `${event.rawPath}?skickat` } };
}

/** Into the case, and on to the authority that has the matter. The page itself says so: no mail needs to. */
function takeIn(current: Case, written: PageMessage & { text: string }, at: Date): Change {
  const change = receiveFromPage(current, written, rules(), at);
  if (isRefused(change)) throw new Error("a case that takes no message");
  if (!isWithAuthority(current) || change.message === undefined) return change;
  const sealed = sealPassedOn(current, change.message, written.text);
  return sealed === undefined ? change : passOn(change, current, sealed, false, at);
}

type Form = { id: string; text: string };

function formOf(event: HttpEvent): Form {
  const body = event.body ?? "";
  const fields = new URLSearchParams(
    event.isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body,
  );
  return { id: fields.get("form") ?? "", text: (fields.get("text") ?? "").replaceAll("\r\n", "\n").trim() };
}

const longest = 20_000;

function faultOf(text: string): string | undefined {
  if (text === "") return "Skriv ett meddelande";
  return text.length > longest ? `Meddelandet får ha högst ${longest} tecken` : undefined;
}

async function propsOf(event: HttpEvent, file: CaseFile): Promise<CasePageProps> {
  const { LETTERS_BUCKET } = citizenPageEnv();
  const { units, authorities } = municipality();
  const secret = file.case.access === "secret";
  const texts = secret ? [] : await conversation(LETTERS_BUCKET, file.messages);
  const shown = file.messages.slice(-texts.length);
  const transfer = file.transfers.find(({ transferId }) => transferId === file.case.transfer?.transferId);
  const busy = file.assignments.filter(({ endedAt }) => endedAt === null).map(({ unit }) => unit);
  return {
    around: around(),
    theCase: file.case,
    units: secret ? [] : units.filter(({ id }) => busy.includes(id)).map(({ name }) => name),
    transfer:
      transfer === undefined || secret
        ? undefined
        : {
            authority: authorities.find(({ id }) => id === transfer.authority)?.name ?? transfer.authority,
            row: transfer,
          },
    messages: texts.map(({ text, at, direction }, place) => ({
      at: new Date(at),
      ours: direction === "out",
      by: shown[place]?.sender?.name ?? "",
      text,
    })),
    formId: newId(),
    action: event.rawPath,
    sent: event.rawQueryString === "skickat",
  };
}

function around(): Around {
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

/** Nothing runs, nothing is fetched, nothing is kept, and no page that is linked to learns the address. */
function headers(): Record<string, string> {
  const styleHash = createHash("sha256").update(styleOf(around())).digest("base64");
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  };
}

function page(statusCode: number, content: VNode): HttpResult {
  return { statusCode, headers: headers(), body: `<!doctype html>${renderToString(content)}` };
}
