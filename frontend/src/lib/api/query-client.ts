import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { QueryClient } from '@tanstack/react-query';
import type { CallInput } from './client';
import type { RouteId } from './generated';

/** Under which an answer of a route is kept. */
export function keyOf<Id extends RouteId>(id: Id, input?: CallInput<Id>): readonly unknown[] {
  return input === undefined ? [id] : [id, input];
}

/** Retrying is the client's business, and the live socket says when something is stale. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 20_000, gcTime: DAY_MS, networkMode: 'always', refetchOnReconnect: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Everything that was read through these routes is fetched again where it is on the screen, else when it is next. */
export async function renew(queries: QueryClient, ids: readonly RouteId[]): Promise<void> {
  if (ids.length === 0) return;
  await queries.invalidateQueries({ predicate: ({ queryKey }) => ids.includes(queryKey[0] as RouteId) });
}

/**
 * All that was asked before now is asked again. What is under way is not cut off, which on a slow network would start
 * everything over: it is asked once more when it has come.
 */
export async function renewAll(queries: QueryClient): Promise<void> {
  const underWay = new Set(queries.getQueryCache().findAll({ fetchStatus: 'fetching' }));
  await queries.invalidateQueries({}, { cancelRefetch: false });
  if (underWay.size > 0) await queries.invalidateQueries({ predicate: (query) => underWay.has(query) }, { cancelRefetch: false });
}
