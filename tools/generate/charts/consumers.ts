import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { consumptionOf } from '@muster/platform/messaging/consume';
import { markedExports } from '../marked-exports';

const known = new Map<ServiceName, readonly ServiceName[]>();

/** The services whose events `service` reads, found by its classes that are marked with `@Consume`. */
export function producersReadBy(service: ServiceName): readonly ServiceName[] {
  if (!serviceNames.includes(service)) throw new Error(`${service} is no service`);
  const producers = known.get(service) ?? find(service);
  known.set(service, producers);
  return producers;
}

function find(service: ServiceName): ServiceName[] {
  const classes = markedExports(service, /^@Consume\(/m).filter((value) => typeof value === 'function');
  const found = new Set(classes.flatMap((type) => consumptionOf(type)?.events ?? []).map(({ producer }) => producer));
  found.delete(service);
  return [...found].sort();
}
