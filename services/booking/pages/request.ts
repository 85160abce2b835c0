import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Wish } from "../book/offer.ts";
import { isAccessNeed } from "./access-needs.ts";
import type { Typed } from "./party-form.ts";

/** What a browser asks of the pages. */
export type PageRequest = {
  posted: boolean;
  /** The parts of the path below `/b`. */
  path: readonly string[];
  query: URLSearchParams;
  form: URLSearchParams;
  address: string;
};

export function requestOf(event: APIGatewayProxyEventV2): PageRequest {
  const { method, sourceIp } = event.requestContext.http;
  const body = event.body ?? "";
  return {
    posted: method === "POST",
    path: event.rawPath
      .split("/")
      .slice(2)
      .filter((part) => part !== ""),
    query: new URLSearchParams(event.rawQueryString),
    form: new URLSearchParams(event.isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body),
    address: sourceIp,
  };
}

/**
 * Who asks, as far as their address tells: of IPv6 the network of 64 bits, since one household has all of its addresses
 * (RFC 6177).
 */
export function clientOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...rest];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}

/** What is wished of a meeting, as a page's address or form says it. */
export function wishIn(fields: URLSearchParams): Wish {
  const language = languageIn(fields, "sprak");
  const interpreter = languageIn(fields, "tolk");
  return {
    ...(language === undefined ? {} : { language }),
    ...(interpreter === undefined ? {} : { interpreter }),
    equipment: fields.getAll("behov").filter(isAccessNeed),
    seats: 1,
  };
}

function languageIn(fields: URLSearchParams, name: string): string | undefined {
  const code = fields.get(name) ?? "";
  return /^[a-z]{2,3}$/.test(code) ? code : undefined;
}

/** A time as a button names it, `2026-11-26T09:00Z`; undefined for what is no time. */
export function timeIn(fields: URLSearchParams): Date | undefined {
  const text = fields.get("tid") ?? "";
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

export function timeName(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

/** A calendar date in an address; undefined for what is none. */
export function dateIn(fields: URLSearchParams): string | undefined {
  const text = fields.get("fran") ?? "";
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const noon = new Date(`${text}T12:00:00Z`);
  return Number.isNaN(noon.getTime()) || noon.toISOString().slice(0, 10) !== text ? undefined : text;
}

/** The name by which two sendings of one form are one. */
export function keyIn(fields: URLSearchParams): string | undefined {
  const key = fields.get("form") ?? "";
  return /^[0-9a-f]{32}$/.test(key) ? key : undefined;
}

/** A meeting for a group, by whoever arranged it. */
export function sessionIn(fields: URLSearchParams): string | undefined {
  const session = fields.get("traff") ?? "";
  return /^[0-9a-f]{32}$/.test(session) ? session : undefined;
}

/** What somebody has typed before, so that it goes along to the next page. */
export function typedFields(form: URLSearchParams): readonly (readonly [name: string, value: string])[] {
  return ["namn", "epost", "telefon"].flatMap((name) => {
    const value = form.get(name) ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
}

export function typedIn(fields: URLSearchParams): Typed {
  const typed = (name: string) => (fields.get(name) ?? "").trim();
  return { name: typed("namn"), email: typed("epost"), phone: typed("telefon") };
}
