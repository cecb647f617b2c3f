import type { Query, QueryClient } from '@tanstack/react-query';
import type { Call } from '../api/client';
import type { RouteId } from '../api/generated';
import { renewAll } from '../api/query-client';
import { createConversationRenewal } from '../chat/conversations';
import type { Connection } from './connection';
import { staleAfter } from './stale-after';

/** What the socket says has changed; `fact` is the event that it became, for what a client can work out by itself. */
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

/** Everybody who is told to ask for everything does so within this time, and not in the same instant. */
const SPREAD_MS = 10_000;
/** How long hints of notices are gathered: a message that is read where it arrives makes one and takes it back. */
const GATHER_MS = 3_000;

/** Fetches again what a hint is about, where it is on the screen and not known already. */
export function createHints({ queries, call, after, random }: Parts) {
  /** The newest version heard of, by kind and id: the same hint may come twice, and an older one late. */
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

    /** A connection is there again: what happened before it is known to nobody here. */
    refetchNow(): void {
      stopRefetch();
      heard.clear();
      void renewAll(queries);
    },

    /** Something may have been missed, by everybody at once. */
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

/** The version in which an answer, a list or its pages hold an aggregate; 0 where they do not, or do not say. */
function versionIn(data: unknown, idName: string, id: string): number {
  const answer = (data ?? {}) as { pages?: Array<{ items: unknown[] }>; items?: unknown[] };
  const all = (answer.pages?.flatMap(({ items }) => items) ?? answer.items ?? [answer]) as Array<Record<string, unknown>>;
  const version = all.find((one) => one[idName] === id)?.['version'];
  return typeof version === 'number' ? version : 0;
}
