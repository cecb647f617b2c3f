import type { AuthKeySource } from '../auth/key-source';
import type { PeerTransport } from '../internal/peers';
import type { ServiceKeySet } from '../internal/service-tokens';
import type { Carrier } from '../messaging/carrier';
import type { Fanout } from '../realtime/fanout';
import type { CounterStore } from '../throttle/counter-store';

export const COUNTERS = Symbol('COUNTERS');
export const PEERS = Symbol('PEERS');
export const SERVICE_KEYS = Symbol('SERVICE_KEYS');
export const GIVEN_AUTH_KEYS = Symbol('GIVEN_AUTH_KEYS');

/** The parts that differ between one process and a cluster; the code that uses them does not know which it is. */
export interface Drivers {
  readonly carrier: Carrier;
  readonly fanout: Fanout;
  readonly counters: CounterStore;
  readonly peers: PeerTransport;
  readonly serviceKeys: ServiceKeySet;
  /** Keys and revocations that count besides those of auth; for tests, which sign their own tokens. */
  readonly authKeys?: AuthKeySource | undefined;
}
