import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { consumptionOf } from '@muster/platform/messaging/consume';

const root = join(__dirname, '..', '..');
const known = new Map<ServiceName, readonly ServiceName[]>();

/** The services whose events `service` reads, found by its classes that are marked with `@Consume`. */
export function producersReadBy(service: ServiceName): readonly ServiceName[] {
  if (!serviceNames.includes(service)) throw new Error(`${service} is no service`);
  const producers = known.get(service) ?? find(service);
  known.set(service, producers);
  return producers;
}

function find(service: ServiceName): ServiceName[] {
  const source = join(root, 'apps', service, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !/spec|fixture/.test(file));
  const found = new Set<ServiceName>();
  for (const file of files) {
    if (!/^@Consume\(/m.test(readFileSync(join(source, file), 'utf8'))) continue;
    const exported = require(join(source, file)) as Record<string, unknown>;
    for (const value of Object.values(exported)) {
      if (typeof value !== 'function') continue;
      for (const { producer } of consumptionOf(value)?.events ?? []) found.add(producer);
    }
  }
  found.delete(service);
  return [...found].sort();
}
