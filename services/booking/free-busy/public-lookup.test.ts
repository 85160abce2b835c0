import { expect, test } from "vitest";
import { publicLookup } from "./public-lookup.ts";

/** What a connection is told when a name has these addresses. */
function told(addresses: readonly string[], options = { all: true }): Promise<unknown> {
  const lookup = publicLookup((_hostname, _options, answer) =>
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    ),
  );
  return new Promise((resolve) =>
    lookup("calendar.example.org", options, (error, address, family) =>
      resolve(error === null ? { address, family } : error.message),
    ),
  );
}

test.each([
  ["one", ["9.9.9.9"]],
  ["of the newer kind", ["2620:fe::fe"]],
  ["several", ["9.9.9.9", "149.112.112.112", "2620:fe::9"]],
])("public addresses are told: %s", async (_what, addresses) => {
  expect(await told(addresses)).toEqual({
    address: addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    family: undefined,
  });
});

test("whoever asks for one gets the first", async () => {
  expect(await told(["9.9.9.9", "149.112.112.112"], { all: false })).toEqual({
    address: "9.9.9.9",
    family: 4,
  });
});

test.each([
  ["0.0.0.0"],
  ["10.1.2.3"],
  ["100.64.0.1"],
  ["127.0.0.1"],
  ["169.254.169.254"],
  ["172.31.255.255"],
  ["192.168.1.1"],
  ["198.19.0.1"],
  ["224.0.0.1"],
  ["255.255.255.255"],
  ["::"],
  ["::1"],
  ["::ffff:9.9.9.9"],
  ["::ffff:10.1.2.3"],
  ["64:ff9b::a01:203"],
  ["fc00::1"],
  ["fd00:ec2::254"],
  ["fe80::1"],
  ["fe80::1%eth0"],
  ["ff02::1"],
  ["2001:db8::1"],
  ["2002:a01:203::1"],
])("%s is no public address, alone or beside one that is", async (address) => {
  expect(await told([address])).toBe("not a public address");
  expect(await told(["9.9.9.9", address], { all: false })).toBe("not a public address");
});

test("a name without addresses, or that is not known, fails", async () => {
  expect(await told([])).toBe("not a public address");
  const unknown = publicLookup((_hostname, _options, answer) => answer(new Error("ENOTFOUND"), []));
  const error = await new Promise<Error | null>((resolve) => unknown("x", { all: true }, resolve));
  expect(error?.message).toBe("ENOTFOUND");
});
