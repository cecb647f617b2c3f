import { publicPrefixes, serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';

export type Destination = { to: 'service'; service: ServiceName } | { to: 'health' } | { to: 'web' } | { to: 'nowhere' };

const byPrefix: ReadonlyMap<string, ServiceName> = new Map(serviceNames.map((service) => [publicPrefixes[service], service]));

/** Who answers a request for this path; the path as it is on the wire, with or without its query. */
export function destinationOf(url: string): Destination {
  const path = url.split('?', 1)[0] ?? '/';
  if (path === '/health') return { to: 'health' };
  if (path === '/ws') return { to: 'service', service: 'communication' };
  const parts = path.split('/');
  if (parts[1] === 'api') {
    const service = byPrefix.get(parts.slice(0, 4).join('/'));
    return service ? { to: 'service', service } : { to: 'nowhere' };
  }
  // The operations of the services are on a socket of their own; here such a path is not even a page.
  return parts[1] === 'internal' || parts[1] === 'metrics' ? { to: 'nowhere' } : { to: 'web' };
}
