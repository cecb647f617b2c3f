import type { JWK } from 'jose';
import { ConfigFault, type ServiceConfig } from '../config/define-config';
import type { PlatformEnv } from '../config/platform-env';
import { peersByAddress } from '../internal/peers';
import type { ServiceKeySet } from '../internal/service-tokens';
import { InProcessBus } from '../messaging/in-process-bus';
import { InProcessCarrier } from '../messaging/in-process-carrier';
import type * as nats from '../messaging/nats-drivers';
import type { Metrics } from '../metrics/metrics';
import { InProcessFanout } from '../realtime/in-process-fanout';
import type { CounterStore } from '../throttle/counter-store';
import { MemoryCounters } from '../throttle/memory-counters';
import { ValkeyCounters } from '../throttle/valkey-counters';
import type { Drivers } from './drivers';
import type { Shutdown } from './shutdown';

/** The drivers that the environment asks for; those given already are kept. */
export async function driversFromEnv(config: ServiceConfig, env: PlatformEnv, metrics: Metrics, given: Partial<Drivers> = {}): Promise<Drivers> {
  return {
    ...eventDriversFrom(config, env, given),
    counters: given.counters ?? (await countersFrom(env, metrics)),
    peers: given.peers ?? peersByAddress(env.PEERS),
    serviceKeys: given.serviceKeys ?? keysFrom(config, env),
    authKeys: given.authKeys,
  };
}

/** The broker is loaded only where it is used. */
function eventDriversFrom(config: ServiceConfig, env: PlatformEnv, given: Partial<Drivers>): Pick<Drivers, 'carrier' | 'fanout'> {
  const { carrier, fanout } = given;
  if (carrier && fanout) return { carrier, fanout };
  if (env.NATS_URL === undefined) {
    const bus = new InProcessBus();
    return { carrier: carrier ?? new InProcessCarrier(bus), fanout: fanout ?? new InProcessFanout(bus) };
  }
  const { natsDrivers } = require('../messaging/nats-drivers') as typeof nats;
  return { ...natsDrivers(config.service, env.NATS_URL), ...(carrier ? { carrier } : {}), ...(fanout ? { fanout } : {}) };
}

async function countersFrom(env: PlatformEnv, metrics: Metrics): Promise<CounterStore> {
  if (env.VALKEY_URL === undefined) return new MemoryCounters();
  return ValkeyCounters.connect({ url: env.VALKEY_URL, onFallback: () => metrics.counter('counterStoreFallbacks').inc() });
}

function keysFrom(config: ServiceConfig, env: PlatformEnv): ServiceKeySet {
  const parsed = (name: 'SERVICE_KEY' | 'SERVICE_KEYS'): unknown => {
    const text = env[name];
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      throw new ConfigFault(config.service, [`${name}: is not JSON`]);
    }
  };
  const own = parsed('SERVICE_KEY') as JWK | undefined;
  const all = (parsed('SERVICE_KEYS') as { keys?: JWK[] } | undefined)?.keys ?? [];
  if (own && own.kid?.split('.', 1)[0] !== config.service) {
    throw new ConfigFault(config.service, [`SERVICE_KEY: its kid must read ${config.service}.<generation>`]);
  }
  return { own, all };
}

/** Closes, when no request is left, the drivers that {@link driversFromEnv} made itself. */
export function closeOwnDrivers(shutdown: Shutdown, drivers: Drivers, given: Partial<Drivers>): void {
  if (!given.peers) shutdown.whenClosing('peers', () => drivers.peers.close());
  if (!given.counters) shutdown.whenClosing('counters', () => drivers.counters.close());
  if (!given.fanout) shutdown.whenClosing('fanout', () => drivers.fanout.close());
  if (!given.carrier) shutdown.whenClosing('carrier', () => drivers.carrier.close());
}
