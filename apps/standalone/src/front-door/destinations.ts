import type { ServiceName } from '@muster/contracts/kernel/ids';

export type Destination = { to: 'service'; service: ServiceName } | { to: 'health' } | { to: 'web' } | { to: 'nowhere' };

/** The prefixes that an ingress routes by in a cluster. */
const prefixes: Record<string, ServiceName> = {
  auth: 'auth',
  users: 'user',
  matching: 'matching',
  communication: 'communication',
  notifications: 'notification',
};

/** Who answers a request for this path; the path as it is on the wire, with or without its query. */
export function destinationOf(url: string): Destination {
  const path = url.split('?', 1)[0] ?? '/';
  if (path === '/health') return { to: 'health' };
  if (path === '/ws') return { to: 'service', service: 'communication' };
  const parts = path.split('/');
  if (parts[1] === 'api') {
    const service = parts[2] === 'v1' && Object.hasOwn(prefixes, parts[3] ?? '') ? prefixes[parts[3] ?? ''] : undefined;
    return service ? { to: 'service', service } : { to: 'nowhere' };
  }
  // The operations of the services are on a socket of their own; here such a path is not even a page.
  return parts[1] === 'internal' || parts[1] === 'metrics' ? { to: 'nowhere' } : { to: 'web' };
}
