import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Dispatcher } from 'undici';

/** The way to a service's operations listener. */
export interface Peer {
  /** Scheme, host and, in standalone, the path prefix of the service: `http://muster/auth`. */
  readonly origin: string;
  /** Undefined: the process's default. */
  readonly dispatcher: Dispatcher | undefined;
}

export interface PeerTransport {
  /** @throws Error when the address of `service` is not configured */
  dispatcherFor(service: ServiceName): Peer;
  close(): Promise<void>;
}

/** `PEERS`: a service per address. */
export function peersByAddress(addresses: Readonly<Record<string, string>>): PeerTransport {
  return {
    dispatcherFor(service) {
      const address = addresses[service];
      if (address === undefined) throw new Error(`the operations address of ${service} is not in PEERS`);
      return { origin: address.replace(/\/$/, ''), dispatcher: undefined };
    },
    close: async () => undefined,
  };
}

/** All services behind one private unix socket, told apart by a path prefix: standalone. */
export async function peersBySocket(socketPath: string): Promise<PeerTransport> {
  const { Agent } = await import('undici');
  const dispatcher = new Agent({ connect: { socketPath }, connections: 64, pipelining: 1 });
  return {
    dispatcherFor: (service) => ({ origin: `http://muster/${service}`, dispatcher }),
    close: () => dispatcher.close(),
  };
}
