import { useQueries, type UseQueryOptions } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Answer } from '../api/client';
import { keyOf } from '../api/query-client';
import { useParts } from '../parts';

/** The contract allows this many ids in one request. */
const BATCH = 100;
const FRESH_MS = 300_000;

type Cards = Answer<'user.readCards'>;

export interface NameOf {
  (id: string): string;
  /** True while no name has come yet and some are on their way. */
  readonly pending: boolean;
}

/** Returns the name for a person id, empty until it has come. The names are fetched in batches. */
export function useNames(ids: readonly string[]): NameOf {
  const { call } = useParts();
  const names = useQueries({
    queries: batchesOf(ids).map((batch): UseQueryOptions<Cards> => {
      const input = { body: { ids: batch } };
      return { queryKey: keyOf('user.readCards', input), queryFn: ({ signal }) => call('user.readCards', { ...input, signal }), staleTime: FRESH_MS, placeholderData: (known) => known };
    }),
    combine: namesOf,
  });
  return useMemo(() => Object.assign((id: string) => names.of[id] ?? '', { pending: names.pending }), [names]);
}

/** Splits ids into batches: each id once and sorted, so that the same people make the same request. */
export function batchesOf(ids: readonly string[]): string[][] {
  const wanted = [...new Set(ids)].sort();
  return Array.from({ length: Math.ceil(wanted.length / BATCH) }, (_, index) => wanted.slice(index * BATCH, (index + 1) * BATCH));
}

// One function for all renders, because react-query keeps the combined names as long as the function is the same.
function namesOf(answers: ReadonlyArray<{ data: Cards | undefined; isPending: boolean }>): { of: Readonly<Record<string, string>>; pending: boolean } {
  const cards = answers.flatMap(({ data }) => data?.items ?? []);
  return { of: Object.fromEntries(cards.map((card) => [card.personId, card.displayName])), pending: cards.length === 0 && answers.some(({ isPending }) => isPending) };
}
