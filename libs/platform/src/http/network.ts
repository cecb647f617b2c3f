import { isIPv4, isIPv6 } from 'node:net';
import { BoundedCache } from '../kernel/bounded-cache';

/** Nearly every request comes from an address that asked a moment ago. */
const known = new BoundedCache<string>(10_000);
/** The length of the longest address, with brackets and a port. A forged header may be longer and is cut off. */
const LONGEST = 53;

/**
 * The key of one source: an IPv4 address, or the /64 from which an IPv6 host picks its addresses. An IPv4-mapped IPv6
 * address counts as the IPv4 address. A port beside the address, which some proxies forward, is ignored.
 */
export function networkOf(address: string): string {
  let network = known.get(address);
  if (network === undefined) {
    network = read(address);
    if (address.length <= LONGEST) known.set(address, network);
  }
  return network;
}

function read(address: string): string {
  const bare = withoutPort(address).split('%', 1)[0] ?? '';
  if (isIPv4(bare)) return bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(bare)) return 'unknown';
  return `${expand(bare).slice(0, 4).join(':')}::/64`;
}

/** `203.0.113.7:5678` and `[2001:db8::1]:5678` without brackets and port; anything else as it is. */
function withoutPort(address: string): string {
  const [, version6, version4] = /^(?:\[(.*:.*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/.exec(address) ?? [];
  return version6 ?? version4 ?? address;
}

/** The eight groups, without leading zeros; a dotted tail never reaches the first four. */
function expand(address: string): string[] {
  const [before = '', after] = address.toLowerCase().split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const width = right.some((group) => group.includes('.')) ? 7 : 8;
  const zeros = after === undefined ? [] : Array<string>(Math.max(0, width - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
