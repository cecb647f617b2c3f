import type { IncomingHttpHeaders } from 'node:http';

const loopbackPeers = /^(127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
const ownHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const forwarding = /^(forwarded|via|x-forwarded-.+|x-real-ip|x-client-ip|x-original-.+|cf-connecting-ip|true-client-ip)$/;

export interface Asker {
  readonly peer: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whether the request comes from a person at this machine. Behind a local proxy every stranger is a loopback peer,
 * hence the check of the headers. A page of another site can make the browser send requests, but not under a host name
 * of this machine. A proxy that sends none of the headers looks like a browser; the terminal's secret covers that case.
 */
export function isAtThisMachine({ peer, headers }: Asker): boolean {
  if (peer === undefined || !loopbackPeers.test(peer)) return false;
  if (!ownHost.test(headers.host ?? '')) return false;
  return !Object.keys(headers).some((name) => forwarding.test(name.toLowerCase()));
}
