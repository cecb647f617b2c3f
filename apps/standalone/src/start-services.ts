import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { Environment } from '@muster/platform/config/define-config';
import { peersBySocket } from '@muster/platform/internal/peers';
import type { PeerTransport } from '@muster/platform/internal/peers';
import { AfterRestore } from '@muster/platform/messaging/after-restore';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { InProcessCarrier } from '@muster/platform/messaging/in-process-carrier';
import { InProcessFanout } from '@muster/platform/realtime/in-process-fanout';
import { createService } from '@muster/platform/service/create-service';
import type { Service } from '@muster/platform/service/service';
import { MemoryCounters } from '@muster/platform/throttle/memory-counters';
import type { InternalSocket } from './internal-socket';
import { services } from './services';
import { StartProblem } from './start-problem';

export interface RunningServices {
  readonly all: Record<ServiceName, Service>;
  /** Listeners in this set receive the events that the services publish. */
  readonly events: InProcessBus['events'];
  /** Begins the drain: the services are not ready, consumers stop, answers close their connections. */
  beginDrain(): Promise<void>;
  closeSockets(windowMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface ServicesOptions {
  internal: InternalSocket;
  environmentOf(service: ServiceName): Environment;
  /** Whether the databases come out of a backup: then each service first ends what must not outlive a restore. */
  isRestored?: boolean;
  onStarted?(service: ServiceName): void;
}

/** Starts the five services as five applications that share nothing but the process, one bus and one private socket. */
export async function startServices({ internal, environmentOf, isRestored = false, onStarted }: ServicesOptions): Promise<RunningServices> {
  const bus = new InProcessBus();
  // One store for all services, like Valkey in a cluster, because several services may count towards one limit.
  const counters = new MemoryCounters();
  const peers = await peersBySocket(internal.path);
  const started: Partial<Record<ServiceName, Service>> = {};
  const start = async (name: ServiceName): Promise<void> => {
    const { module, config } = services[name];
    const create = (): Promise<Service> => {
      const drivers = { counters, carrier: new InProcessCarrier(bus), fanout: new InProcessFanout(bus), peers: unclosable(peers) };
      return createService(module, config, { env: environmentOf(name), drivers, alone: true });
    };
    let service = await create();
    if (isRestored) await service.app.get(AfterRestore).run();
    if (isRestored && name === 'auth') {
      // The auth that did it may have keys in memory that are no longer good; the others start after it.
      await service.close();
      service = await create();
    }
    started[name] = service;
    internal.add(name, service);
    onStarted?.(name);
  };
  try {
    await start('auth'); // the others ask auth for keys and revocations at their start
    await Promise.all(serviceNames.filter((name) => name !== 'auth').map(start));
  } catch (error) {
    await Promise.all(Object.values(started).map((service) => service.close()));
    throw error;
  }
  const all = started as Record<ServiceName, Service>;
  const each = serviceNames.map((name) => all[name]);
  return {
    all,
    events: bus.events,
    beginDrain: () => together(each, (service) => service.beginDrain()),
    closeSockets: (windowMs) => together(each, (service) => service.closeSockets(windowMs)),
    close: async () => {
      await together(each, (service) => service.close());
      await peers.close();
    },
  };
}

/** Waits until all five say that they are ready. @throws StartProblem with what is missing after `patienceMs` */
export async function untilReady({ all }: RunningServices, patienceMs: number): Promise<void> {
  for (const end = performance.now() + patienceMs; ; await sleep(25)) {
    const reports = await Promise.all(serviceNames.map(async (name) => ({ name, health: await all[name].health() })));
    const waiting = reports.filter(({ health }) => !health.ready);
    if (waiting.length === 0) return;
    if (performance.now() < end) continue;
    const reasons = waiting.flatMap(({ name, health }) =>
      [...health.checks].filter(([, outcome]) => outcome !== true).map(([check, outcome]) => `${name}: ${check}: ${String(outcome)}`),
    );
    throw new StartProblem(`Some services did not become ready:\n  ${reasons.join('\n  ')}`);
  }
}

const together = async (each: Service[], step: (service: Service) => Promise<void>): Promise<void> => {
  await Promise.all(each.map(step));
};

/** The connections are shared, so the first service to close must not close them for the others. */
function unclosable(peers: PeerTransport): PeerTransport {
  return { dispatcherFor: (service) => peers.dispatcherFor(service), close: async () => undefined };
}
