import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type RequestOptions,
  type Server,
} from "node:http";
import type { request as httpsRequest } from "node:https";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isRefused } from "#shared/refusal.ts";
import { publicLookup } from "./public-lookup.ts";
import { type CalendarUrls, calendarUrlSource, type KeptBusy } from "./source.ts";

/** A real server, without the encryption that Node adds: connections go to it, whatever the name. */
const request = ((options: RequestOptions, answered: (response: IncomingMessage) => void) =>
  httpRequest(options, answered)) as typeof httpsRequest;
const lookup: LookupFunction = (_hostname, options, answer) =>
  options.all === true ? answer(null, [{ address: "127.0.0.1", family: 4 }]) : answer(null, "127.0.0.1", 4);

const now = new Date("2026-11-23T09:42:00Z");
const later = new Date("2026-11-23T09:52:00Z");
const from = new Date("2026-11-23T23:00:00Z");
const to = new Date("2026-11-24T23:00:00Z");
const tuesday = { from: new Date("2026-11-24T09:00:00Z"), to: new Date("2026-11-24T10:00:00Z") };

const calendar = (start: string) =>
  `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Hemligt\r\nDTSTART:${start}\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

let server: Server;
let host: string;
let answer: RequestListener;
let asked: { url: string | undefined; etag: string | undefined }[];
let rows: Map<string, KeptBusy>;

beforeEach(async () => {
  asked = [];
  rows = new Map();
  answer = (_request, response) => response.end(calendar("20261124T090000Z"));
  server = createServer((incoming, response) => {
    asked.push({ url: incoming.url, etag: incoming.headers["if-none-match"] });
    answer(incoming, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  host = `calendar.example.org:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

function source(change: Partial<CalendarUrls> = {}) {
  return calendarUrlSource({
    allowedHosts: [host],
    request,
    lookup,
    timeoutMs: 2_000,
    addressOf: async () => `https://${host}/anna.ics?key=s3cret`,
    load: async (person) => rows.get(person),
    save: async (person, kept) => void rows.set(person, kept),
    horizonDays: 90,
    ...change,
  });
}

const fresh = { busy: [tuesday], checkedAt: now, stale: false };

test("a calendar says when its owner is busy, and when it was asked", async () => {
  expect(await source().busy("anna", from, to, now)).toEqual(fresh);
  expect(asked).toEqual([{ url: "/anna.ics?key=s3cret", etag: undefined }]);
});

test("nothing but times is kept, and not the address", async () => {
  await source().busy("anna", from, to, now);
  const kept = rows.get("anna");
  expect(kept).toMatchObject({ busy: [tuesday], etag: null, from: now });
  expect(kept?.to.toISOString()).toBe("2027-02-21T09:42:00.000Z");
  expect(JSON.stringify(kept)).not.toMatch(/Hemligt|s3cret|example/);
});

test("a part of a meeting is what lies within the times that are asked for", async () => {
  const [half, end] = [new Date("2026-11-24T09:30:00Z"), new Date("2026-11-24T09:45:00Z")];
  const times = await source().busy("anna", half, end, now);
  expect(times).toEqual({ ...fresh, busy: [{ from: half, to: end }] });
  expect(await source().busy("anna", to, new Date("2026-11-25T23:00:00Z"), now)).toEqual({
    ...fresh,
    busy: [],
  });
});

test("nobody's calendar is none", async () => {
  expect(await source({ addressOf: async () => undefined }).busy("anna", from, to, now)).toEqual({
    refused: "no-calendar",
  });
});

describe("a calendar that has not changed", () => {
  beforeEach(() => {
    answer = (incoming, response) => {
      if (incoming.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { ETag: '"1"' }).end(calendar("20261124T090000Z"));
    };
  });

  test("is asked for by its ETag, and answers as of now", async () => {
    await source().busy("anna", from, to, now);
    expect(await source().busy("anna", from, to, later)).toEqual({ ...fresh, checkedAt: later });
    expect(asked.map(({ etag }) => etag)).toEqual([undefined, '"1"']);
    expect(rows.get("anna")?.checkedAt).toEqual(later);
  });

  test("is read again for times that were not looked at", async () => {
    await source().busy("anna", from, to, now);
    const farOff = new Date("2027-04-01T00:00:00Z");
    expect(await source().busy("anna", from, farOff, later)).toEqual({ ...fresh, checkedAt: later });
    expect(asked.map(({ etag }) => etag)).toEqual([undefined, undefined]);
  });

  test("is another calendar at another address", async () => {
    await source().busy("anna", from, to, now);
    await source({ addressOf: async () => `https://${host}/new.ics` }).busy("anna", from, to, later);
    expect(asked.map(({ etag }) => etag)).toEqual([undefined, undefined]);
  });

  test("is no answer to who has none", async () => {
    answer = (_request, response) => response.writeHead(304).end();
    expect(await source().busy("anna", from, to, now)).toEqual({ refused: "calendar-unreachable" });
  });
});

describe("a calendar that cannot be had", () => {
  const failures: [string, string, RequestListener][] = [
    ["an error", "calendar-unreachable", (_request, response) => response.writeHead(500).end()],
    ["nothing there", "calendar-unreachable", (_request, response) => response.writeHead(404).end()],
    ["a connection that breaks", "calendar-unreachable", (incoming) => incoming.socket.destroy()],
    [
      "an answer that breaks off",
      "calendar-unreachable",
      (incoming, response) => {
        response.writeHead(200, { "Content-Length": 5_000 });
        response.write(calendar("20261124T090000Z"), () => incoming.socket.destroy());
      },
    ],
    ["no answer", "calendar-unreachable", () => undefined],
    [
      "an answer that goes on forever, slowly",
      "calendar-unreachable",
      (incoming, response) => {
        const drip = setInterval(() => response.write("X"), 50);
        incoming.socket.on("close", () => clearInterval(drip));
      },
    ],
    [
      "an answer that goes on forever, fast",
      "calendar-too-large",
      (_request, response) => {
        const block = Buffer.alloc(100_000, "x");
        const pour = () => {
          while (!response.destroyed && response.write(block));
        };
        response.on("drain", pour);
        pour();
      },
    ],
    [
      "a packed answer",
      "calendar-unreachable",
      (_request, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end("x"),
    ],
    ["a page to sign in", "not-a-calendar", (_request, response) => response.end("<!doctype html>")],
    ["a redirect to nowhere", "calendar-unreachable", (_request, response) => response.writeHead(302).end()],
    [
      "a redirect without end",
      "calendar-unreachable",
      (_request, response) => response.writeHead(302, { Location: "/anna.ics" }).end(),
    ],
  ];

  test.each(failures)("%s is %s", async (_what, refused, listener) => {
    answer = listener;
    expect(await source({ timeoutMs: 500 }).busy("anna", from, to, now)).toEqual({ refused });
    expect(rows.size).toBe(0);
  });

  test.each(failures)(
    "%s leaves the last answer, as stale, with its time",
    async (_what, _refused, listener) => {
      await source().busy("anna", from, to, now);
      answer = listener;
      const stale = { busy: [tuesday], checkedAt: now, stale: true };
      expect(await source({ timeoutMs: 500 }).busy("anna", from, to, later)).toEqual(stale);
      expect(rows.get("anna")?.checkedAt).toEqual(now);
    },
  );

  test("says nothing of times that the last answer does not reach", async () => {
    await source().busy("anna", from, to, now);
    answer = (_request, response) => response.writeHead(503).end();
    const farOff = new Date("2027-04-01T00:00:00Z");
    expect(await source().busy("anna", from, farOff, later)).toEqual({ refused: "calendar-unreachable" });
  });

  test("says nothing of another address's times", async () => {
    await source().busy("anna", from, to, now);
    answer = (_request, response) => response.writeHead(503).end();
    const moved = source({ addressOf: async () => `https://${host}/new.ics` });
    expect(await moved.busy("anna", from, to, later)).toEqual({ refused: "calendar-unreachable" });
  });
});

describe("where a calendar is fetched", () => {
  /** The same server by another name. */
  const other = (at: string) => at.replace("calendar", "other");

  test.each([
    ["another host", (at: string) => `https://x.${at}/anna.ics`],
    ["the same host at another port", () => "https://calendar.example.org/anna.ics"],
    ["no https", (at: string) => `http://${at}/anna.ics`],
    ["a file", () => "file:///etc/passwd"],
    ["a host in a name's place", (at: string) => `https://${at}@example.org/anna.ics`],
    ["no address", () => "anna.ics"],
  ])("never from %s", async (_what, address) => {
    const refused = await source({ addressOf: async () => address(host) }).busy("anna", from, to, now);
    expect(refused).toEqual({ refused: "host-not-allowed" });
    expect(asked).toEqual([]);
  });

  test.each(["127.0.0.1", "[::1]", "2130706433"])("never from %s, even if it is allowed", async (name) => {
    const url = new URL(`https://${name}:${host.split(":")[1]}/`);
    const refused = await source({ allowedHosts: [url.host], addressOf: async () => url.href }).busy(
      "anna",
      from,
      to,
      now,
    );
    expect(refused).toEqual({ refused: "host-not-allowed" });
    expect(asked).toEqual([]);
  });

  test("never from a private address, whatever the name", async () => {
    const inside = publicLookup((_hostname, _options, found) =>
      found(null, [{ address: "127.0.0.1", family: 4 }]),
    );
    expect(await source({ lookup: inside }).busy("anna", from, to, now)).toEqual({
      refused: "calendar-unreachable",
    });
    expect(asked).toEqual([]);
  });

  test("not by what was kept, once the host is no longer allowed", async () => {
    await source().busy("anna", from, to, now);
    const refused = await source({ allowedHosts: [] }).busy("anna", from, to, later);
    expect(refused).toEqual({ refused: "host-not-allowed" });
  });

  test("along a redirect within the host", async () => {
    answer = (incoming, response) => {
      if (incoming.url === "/b.ics") response.end(calendar("20261124T090000Z"));
      else response.writeHead(301, { Location: "/b.ics" }).end();
    };
    expect(await source().busy("anna", from, to, now)).toEqual(fresh);
  });

  test.each([
    ["to another host, allowed or not", (at: string) => `https://${other(at)}/b.ics`],
    ["out of https", (at: string) => `http://${at}/b.ics`],
    ["to no address", () => "https://"],
  ])("not along a redirect %s", async (_what, location) => {
    answer = (_request, response) => response.writeHead(302, { Location: location(host) }).end();
    const allowed = { allowedHosts: [host, other(host)] };
    expect(await source(allowed).busy("anna", from, to, now)).toEqual({ refused: "calendar-unreachable" });
    expect(asked).toHaveLength(1);
  });
});

test("what goes wrong with what is kept is not taken for a refusal", async () => {
  const broken = source({ save: () => Promise.reject(new Error("no table")) });
  await expect(broken.busy("anna", from, to, now)).rejects.toThrow("no table");
  expect(isRefused(await source().busy("anna", from, to, now))).toBe(false);
});
