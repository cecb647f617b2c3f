import { publicPrefixes, serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';

export type Destination = { to: 'service'; service: ServiceName } | { to: 'health'; probe: 'health' | 'live' } | { to: 'web' } | { to: 'nowhere' };

const byPrefix: ReadonlyMap<string, ServiceName> = new Map(serviceNames.map((service) => [publicPrefixes[service], service]));

/** The paths of the front door's own health, named like the probes of the services. */
const probes: ReadonlySet<string> = new Set(['/health', '/health/live', '/health/ready', '/health/started', '/ready']);
/**
 * Prefixes of the services' operations routes, which are served on a socket of their own. On the front door these paths
 * are not even pages.
 */
const reserved: ReadonlySet<string> = new Set(['internal', 'metrics', 'health', 'ready', 'ws']);

/** Decides who answers a request for this path, given as on the wire, with or without its query. */
export function destinationOf(url: string): Destination {
  const path = url.split('?', 1)[0] ?? '/';
  if (path === '/ws') return { to: 'service', service: 'communication' };
  const parts = path.split('/');
  if (parts[1] === 'api') {
    const service = byPrefix.get(parts.slice(0, 4).join('/'));
    return service ? { to: 'service', service } : { to: 'nowhere' };
  }
  if (probes.has(path)) return { to: 'health', probe: path === '/health/live' ? 'live' : 'health' };
  return reserved.has(parts[1] ?? '') ? { to: 'nowhere' } : { to: 'web' };
}
