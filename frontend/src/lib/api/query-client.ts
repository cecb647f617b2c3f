import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { QueryClient } from '@tanstack/react-query';
import type { CallInput } from './client';
import type { RouteId } from './generated';

/** The key under which an answer of a route is kept. */
export function keyOf<Id extends RouteId>(id: Id, input?: CallInput<Id>): readonly unknown[] {
  return input === undefined ? [id] : [id, input];
}

/** Queries do not retry, because `call` does, and are not polled, because the live socket says what is stale. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 20_000, gcTime: DAY_MS, networkMode: 'always', refetchOnReconnect: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Marks what was read through these routes as stale: it is fetched again at once if it is on the screen, else when it is shown. */
export async function renew(queries: QueryClient, ids: readonly RouteId[]): Promise<void> {
  if (ids.length === 0) return;
  await queries.invalidateQueries({ predicate: ({ queryKey }) => ids.includes(queryKey[0] as RouteId) });
}

/**
 * Fetches everything again that was asked before now. Requests under way are not aborted, since on a slow network that
 * would start everything over; they are repeated once they have come.
 */
export async function renewAll(queries: QueryClient): Promise<void> {
  const underWay = new Set(queries.getQueryCache().findAll({ fetchStatus: 'fetching' }));
  await queries.invalidateQueries({}, { cancelRefetch: false });
  if (underWay.size > 0) await queries.invalidateQueries({ predicate: (query) => underWay.has(query) }, { cancelRefetch: false });
}
