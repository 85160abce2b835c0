import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIPv4, type LookupFunction } from "node:net";

/** What is no address of a public server (IANA's registries of special-purpose addresses, IPv4 and IPv6). */
const special = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  special.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  special.addSubnet(network, bits, "ipv6");
}
/** Of IPv6 only this is given out for public servers; all else is local, mapped, translated or unused. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

type Resolve = (
  hostname: string,
  options: { all: true },
  answer: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup of names that answers with public addresses only, and fails where one address of a name is not public. A
 * connection asks it for the address that it goes to, so a name cannot mean one server when checked and another when called.
 */
export function publicLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, answer) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      if (error !== null) return answer(error, [], 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublic(address)))
        return answer(new Error("not a public address"), [], 0);
      return options.all === true ? answer(null, addresses) : answer(null, first.address, first.family);
    });
  };
}

function isPublic(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4");
  return globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}
