import type { Cluster, ServiceName } from '../cluster';
import type { Hat } from '../people';

interface Target {
  readonly host: string;
  readonly port: number;
}

interface Request {
  readonly target: Target;
  readonly hat?: Hat;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

export function targetOf(cluster: Cluster, part: ServiceName | 'web'): Target {
  return { host: cluster.named(part), port: part === 'web' ? 8080 : 3000 };
}

/** Signed-in reads of every service and a search, each at the service itself and through web's nginx. */
export function requestsOf(cluster: Cluster): Request[] {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const search = { placeId: '1262180', trade: 'mason', minimumLevel: 2, days: [tomorrow], pay: { amount: 95_000, currency: 'INR', basis: 'day' } };
  const routes: ReadonlyArray<Omit<Request, 'target'> & { service: ServiceName }> = [
    { service: 'auth', method: 'GET', path: '/api/v1/auth/account' },
    { service: 'user', method: 'GET', path: '/api/v1/users/me/worker-profile', hat: 'worker' },
    { service: 'matching', method: 'POST', path: '/api/v1/matching/search', body: search, hat: 'contractor' },
    { service: 'matching', method: 'GET', path: '/api/v1/matching/invites', hat: 'worker' },
    { service: 'communication', method: 'GET', path: '/api/v1/communication/conversations' },
    { service: 'notification', method: 'GET', path: '/api/v1/notifications/inbox' },
  ];
  const web = targetOf(cluster, 'web');
  const page: Request = { target: web, method: 'GET', path: '/' };
  return [page, ...routes.flatMap(({ service, ...request }) => [{ ...request, target: targetOf(cluster, service) }, { ...request, target: web }])];
}
