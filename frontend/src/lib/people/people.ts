import { useQueries, type UseQueryOptions } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Answer } from '../api/client';
import { keyOf } from '../api/query-client';
import { useParts } from '../parts';

/** What one question may name at most; the contract's bound. */
const BATCH = 100;
const FRESH_MS = 300_000;

type Cards = Answer<'user.readCards'>;

export interface NameOf {
  (id: string): string;
  /** Not one of the names has come yet, but some are on their way. */
  readonly pending: boolean;
}

/** Names by person id, fetched a batch at a time however many they are; empty until they have come. */
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

/** Each id once, in an order of their own, so that the same people are the same question. */
export function batchesOf(ids: readonly string[]): string[][] {
  const wanted = [...new Set(ids)].sort();
  return Array.from({ length: Math.ceil(wanted.length / BATCH) }, (_, index) => wanted.slice(index * BATCH, (index + 1) * BATCH));
}

// One function for all renders: react-query keeps the combined names while no answer changes.
function namesOf(answers: ReadonlyArray<{ data: Cards | undefined; isPending: boolean }>): { of: Readonly<Record<string, string>>; pending: boolean } {
  const cards = answers.flatMap(({ data }) => data?.items ?? []);
  return { of: Object.fromEntries(cards.map((card) => [card.personId, card.displayName])), pending: cards.length === 0 && answers.some(({ isPending }) => isPending) };
}
