import type { Query, QueryClient } from '@tanstack/react-query';
import type { Call } from '../api/client';
import type { RouteId } from '../api/generated';
import { renewAll } from '../api/query-client';
import { createConversationRenewal } from '../chat/conversations';
import type { Connection } from './connection';
import { staleAfter } from './stale-after';

/** A frame that says what has changed. `fact` is the type of the event, from which a client can work out some things itself. */
export interface Hint {
  kind: string;
  id: string;
  version: number;
  fact?: string;
}

interface Parts extends Pick<Connection, 'after' | 'random'> {
  queries: QueryClient;
  call: Call;
}

/** Clients that are told to fetch everything again spread over this time, so that they do not all ask at once. */
const SPREAD_MS = 10_000;
/** Hints of notices are gathered for this long: a message that is read on arrival posts a notice and takes it back. */
const GATHER_MS = 3_000;

/** Fetches again what a hint is about, if that is on the screen and not known already. */
export function createHints({ queries, call, after, random }: Parts) {
  /** The newest version heard of, by kind and id: a hint may come twice, and an older one late. */
  const heard = new Map<string, number>();
  /** Notices that were posted since they were counted last; null while none are being gathered. */
  let gathered: Set<string> | null = null;
  let takeBackGathering: (() => void) | undefined;
  let takeBackRefetch: (() => void) | null = null;

  const renewConversation = createConversationRenewal({ queries, call });
  const renew = (hint: Hint) => void queries.invalidateQueries({ predicate: (query) => concerns(query, hint) });

  const gather = (hint: Hint): void => {
    const posted = (gathered ??= startGathering());
    if (hint.fact === 'notification.notice.seen.v1' && posted.delete(hint.id)) return;
    posted.add(hint.id);
  };
  const startGathering = (): Set<string> => {
    takeBackGathering = after(GATHER_MS, () => {
      const [some] = gathered ?? [];
      gathered = null;
      takeBackGathering = undefined;
      if (some !== undefined) renew({ kind: 'notice', id: some, version: Infinity });
    });
    return new Set();
  };

  const stopRefetch = () => {
    takeBackRefetch?.();
    takeBackRefetch = null;
  };

  return {
    hear(hint: Hint): void {
      const key = `${hint.kind} ${hint.id}`;
      if (hint.version <= (heard.get(key) ?? 0)) return;
      heard.set(key, hint.version);
      if (hint.kind === 'conversation') renewConversation(hint.id, hint.fact);
      else if (hint.kind === 'notice') gather(hint);
      else renew(hint);
    },

    /** Called on a new connection: nobody sent hints of what happened before it. */
    refetchNow(): void {
      stopRefetch();
      heard.clear();
      void renewAll(queries);
    },

    /** Called when all clients may have missed something. */
    refetchSoon(): void {
      takeBackRefetch ??= after(random() * SPREAD_MS, () => {
        takeBackRefetch = null;
        void renewAll(queries);
      });
    },

    stop(): void {
      stopRefetch();
      takeBackGathering?.();
    },
  };
}

function concerns({ queryKey, state }: Query, { kind, id, version }: Hint): boolean {
  const stale = staleAfter[kind];
  if (stale === undefined) return false;
  const [route, input] = queryKey as [RouteId, { params?: Record<string, string> } | undefined];
  const isOne = stale.of.includes(route);
  if (isOne ? input?.params?.[stale.id] !== id : !stale.within.includes(route)) return false;
  return versionIn(state.data, stale.id, id) < version;
}

/** The version of an aggregate in an answer, a list or its pages; 0 where it is not there or has no version. */
function versionIn(data: unknown, idName: string, id: string): number {
  const answer = (data ?? {}) as { pages?: Array<{ items: unknown[] }>; items?: unknown[] };
  const all = (answer.pages?.flatMap(({ items }) => items) ?? answer.items ?? [answer]) as Array<Record<string, unknown>>;
  const version = all.find((one) => one[idName] === id)?.['version'];
  return typeof version === 'number' ? version : 0;
}
