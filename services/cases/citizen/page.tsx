import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { VNode } from "preact";
import { caseIdIn, isTokenOf } from "#shared/case-token.ts";
import { municipality } from "#shared/config.ts";
import { newId, shortHash } from "#shared/ids.ts";
import { sealLetter, writeLetter } from "#shared/letter.ts";
import { log, logFailure } from "#shared/logging.ts";
import { isRefused } from "#shared/refusal.ts";
import { now } from "#shared/time/clock.ts";
import { openingHoursInWords } from "#shared/time/opening-hours.ts";
import { urgencyOf } from "#shared/urgency.ts";
import { htmlPage, pageHeaders } from "#web/citizen/http.ts";
import type { Around } from "#web/citizen/layout.tsx";
import { sealPassedOn } from "../assign/passed-on.ts";
import { addressOf } from "../correspondence/file-store.ts";
import { sentFileKey } from "../correspondence/sent-file.ts";
import { citizenPageEnv } from "../env.ts";
import type { Case, Change, Message } from "../register/case.ts";
import { type CaseFile, findCaseFile, saveChange } from "../register/case-table.ts";
import { conversation } from "../register/message-text.ts";
import { isWithAuthority, passOn } from "../register/registration.ts";
import { rules } from "../rules.ts";
import { type PageMessage, receiveFromPage } from "./citizen-case.ts";
import { BrokenPage, CasePage, type CasePageProps, NoCasePage, type ShownMessage } from "./page-view.tsx";

type HttpEvent = APIGatewayProxyEventV2;
type HttpResult = APIGatewayProxyStructuredResultV2;

/**
 * The citizen's case page, by personal link: GET shows it, or below it hands out a file of an answer; POST takes what was
 * written there. Whoever has the link may.
 */
export async function handler(event: HttpEvent): Promise<HttpResult> {
  const form = formOf(event);
  try {
    const asked = linkIn(event.rawPath);
    const file = asked === undefined ? undefined : await caseOfLink(asked.token);
    const posted = event.requestContext.http.method === "POST";
    if (asked?.sent !== undefined && file !== undefined && !posted) return await handOut(file, asked.sent);
    if (file === undefined || asked?.sent !== undefined) return page(404, <NoCasePage around={around()} />);
    if (posted) return await receive(event, file, form);
    return page(200, <CasePage {...(await propsOf(event, file))} />);
  } catch (error) {
    logFailure("PAGE_FAILED", error);
    return page(500, <BrokenPage around={around()} text={form.text} />);
  }
}

/** Of the page's own reading nobody is named: no draft of anybody's is asked for. */
const nobody = "";

type SentFileLink = { messageId: string; sha256: string };

/** `/m/<token>`, and below it `/f/<message>/<file>`. */
function linkIn(path: string): { token: string; sent: SentFileLink | undefined } | undefined {
  const found = /^\/m\/([a-z2-7]{52})(?:\/f\/([0-9a-f]{32})\/([0-9a-f]{64}))?$/.exec(path);
  const [, token, messageId, sha256] = found ?? [];
  if (token === undefined) return undefined;
  return { token, sent: messageId === undefined || sha256 === undefined ? undefined : { messageId, sha256 } };
}

async function caseOfLink(token: string): Promise<CaseFile | undefined> {
  const { CASES_TABLE, LINK_KEY } = citizenPageEnv();
  const caseId = caseIdIn(token);
  if (caseId === undefined) return undefined;
  const file = await findCaseFile(CASES_TABLE, caseId, nobody);
  if (file === undefined || !(await isTokenOf(LINK_KEY, "page", file.case, token))) return undefined;
  return file;
}

/** Leads to a file of ours, to be saved. What came from others is not handed out here, and nothing of a secret case. */
async function handOut(file: CaseFile, { messageId, sha256 }: SentFileLink): Promise<HttpResult> {
  const { caseId, access } = file.case;
  const message = file.messages.find((one) => one.messageId === messageId && one.direction === "out");
  const sent = message?.attachments.find((one) => one.sha256 === sha256);
  if (sent === undefined || access === "secret") return page(404, <NoCasePage around={around()} />);
  const { FILES_BUCKET } = citizenPageEnv();
  const location = await addressOf(FILES_BUCKET, sentFileKey(caseId, sha256));
  log("SENT_FILE_HANDED_OUT", { caseId, messageId });
  return { statusCode: 303, headers: { ...headers(), location } };
}

async function receive(event: HttpEvent, file: CaseFile, form: Form): Promise<HttpResult> {
  const { CASES_TABLE, LETTERS_BUCKET } = citizenPageEnv();
  const wrong = faultOf(form.text);
  if (wrong !== undefined) {
    return page(422, <CasePage {...(await propsOf(event, file))} written={{ text: form.text, wrong }} />);
  }
  const messageId = shortHash(`${file.case.caseId} ${form.id}`);
  const letter = sealLetter("web", messageId, { messageId, text: form.text });
  const urgency = urgencyOf(form.text, municipality().urgent.rules);
  const take = async (current: Case) => {
    const change = takeIn(current, { messageId, letter, urgency, text: form.text }, now());
    for (const one of change.letters) await writeLetter(LETTERS_BUCKET, one);
    return await saveChange(CASES_TABLE, change, null);
  };
  const saved = await take(file.case);
  // Somebody changed the case meanwhile: once more on what stands now. A second time is theirs to try.
  if (saved === "lost-race") {
    const fresh = await caseOfLink(linkIn(event.rawPath)?.token ?? "");
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
  return sealed === undefined ? change : passOn(change, current, sealed, { tell: false, openly: false }, at);
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
      files: direction === "out" ? filesOf(event.rawPath, shown[place]) : [],
    })),
    formId: newId(),
    action: event.rawPath,
    sent: event.rawQueryString === "skickat",
  };
}

/** The files of an answer, each with its address below the page's own. */
function filesOf(path: string, message: Message | undefined): ShownMessage["files"] {
  return (message?.attachments ?? []).flatMap(({ name, bytes, sha256 }) =>
    sha256 === null
      ? []
      : [{ name: name ?? "bilaga", bytes, href: `${path}/f/${message?.messageId}/${sha256}` }],
  );
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

function headers(): Record<string, string> {
  return pageHeaders(around());
}

function page(statusCode: number, content: VNode): HttpResult {
  return htmlPage(statusCode, content, around());
}
