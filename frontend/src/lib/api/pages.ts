import { useInfiniteQuery, type InfiniteData, type QueryKey, type UseInfiniteQueryOptions } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParts } from '../parts';
import type { Answer, CallInput } from './client';
import type { RouteId, Routes } from './generated';
import type { ErrorOf } from './problem-error';

/** The routes whose lists come a page at a time. */
type PagedId = { [Id in RouteId]: Routes[Id]['response'] extends { items: readonly unknown[]; nextCursor: string | null } ? Id : never }[RouteId];
type ItemOf<Id extends PagedId> = Answer<Id>['items'][number];

export interface Pages<Item> {
  data: readonly Item[] | undefined;
  error: unknown;
  isPending: boolean;
  /** The list is being fetched for the first time. */
  isLoading: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
  hasMore: boolean;
  isReadingMore: boolean;
  readMore: () => void;
}

const PAGE = 50;

/** Reads all pages of a list that were asked for, as one list. A fresh fetch goes to the same depth. */
export function usePages<Id extends PagedId>(id: Id, input: CallInput<Id> = {} as CallInput<Id>, { enabled = true }: { enabled?: boolean } = {}): Pages<ItemOf<Id>> {
  const { call } = useParts();
  const options = {
    queryKey: [id, input, 'pages'],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) => {
      const { query } = input as { query?: object };
      return (call as LooseCall<Id>)(id, { ...input, query: { ...query, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }, signal });
    },
    enabled,
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }: Answer<Id>) => nextCursor,
  };
  const read = useInfiniteQuery<Answer<Id>, ErrorOf<Id>, InfiniteData<Answer<Id>>, QueryKey, string | null>(
    options as unknown as UseInfiniteQueryOptions<Answer<Id>, ErrorOf<Id>, InfiniteData<Answer<Id>>, QueryKey, string | null>,
  );
  const pages = read.data?.pages;
  const data = useMemo(() => pages?.flatMap(({ items }) => items as ItemOf<Id>[]), [pages]);
  return {
    data,
    error: read.error,
    isPending: read.isPending,
    isLoading: read.isLoading,
    dataUpdatedAt: read.dataUpdatedAt,
    refetch: read.refetch,
    hasMore: read.hasNextPage,
    isReadingMore: read.isFetchingNextPage,
    readMore: () => void read.fetchNextPage(),
  };
}

// The parts that a call takes depend on the id, which is still open here.
type LooseCall<Id extends RouteId> = (id: Id, input: object) => Promise<Answer<Id>>;
