import { afterEach, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { createRequest } from "./request.ts";

const schema = z.object({ name: z.string() });
const signal = new AbortController().signal;

function answering(status: number, body: unknown) {
  const fetched = vi.fn((_path: string, _init: RequestInit) =>
    Promise.resolve(new Response(JSON.stringify(body), { status })),
  );
  vi.stubGlobal("fetch", fetched);
  return { ...createRequest({ accessToken: () => "t", onSignedOut: () => undefined }), fetched };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it("gives the answer of a change, and of what it does not name nothing", async () => {
  const { change, fetched } = answering(200, { name: "x", more: 1 });
  expect(await change("POST", "/a", { version: 1 }, schema)).toEqual({ answer: { name: "x" } });
  expect(fetched.mock.calls[0]?.[1].body).toBe('{"version":1}');
});

it.each([409, 422])("gives the code of a refusal (%d), and how things stand instead", async (status) => {
  const { change } = answering(status, { error: { code: "changed", message: "" }, current: { name: "now" } });
  expect(await change("POST", "/a", {}, schema)).toEqual({ refused: "changed", current: { name: "now" } });
});

it("gives what a refusal tells in a shape of its own", async () => {
  const { change } = answering(409, { error: { code: "taken", message: "" }, current: { times: [1] } });
  const instead = z.object({ times: z.array(z.number()) });
  expect(await change("POST", "/a", {}, schema, instead)).toEqual({
    refused: "taken",
    current: { times: [1] },
  });
});

it.each([
  [401, "signed-out"],
  [404, "not-found"],
  [500, "unavailable"],
  [200, "unavailable"],
])("fails on %d as %s", async (status, kind) => {
  const { get } = answering(status, {});
  await expect(get("/a", schema, signal)).rejects.toMatchObject({ kind });
});

it("waits for a change longer than the API can take for one", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout");
  const { change, get } = answering(200, { name: "x" });
  await change("POST", "/a", {}, schema);
  await get("/a", schema, signal);
  const [forChange = 0, forLook = 0] = timeout.mock.calls.map(([ms]) => ms);
  timeout.mockRestore();
  expect(forChange).toBeGreaterThan(30_000);
  expect(forLook).toBeLessThan(forChange);
});

it("asks nothing without a token", async () => {
  const { fetched } = answering(200, { name: "x" });
  let signedOut = 0;
  const { get } = createRequest({
    accessToken: () => undefined,
    onSignedOut: () => {
      signedOut += 1;
    },
  });
  await expect(get("/a", schema, signal)).rejects.toMatchObject({ kind: "signed-out" });
  expect(signedOut).toBe(1);
  expect(fetched).not.toHaveBeenCalled();
});
