import { keepPreviousData, useMutation, useQuery, type UseMutationResult, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { useParts } from '../parts';
import type { Answer, CallInput } from './client';
import type { RouteId } from './generated';
import type { ErrorOf } from './problem-error';
import { keyOf, renew } from './query-client';

interface ReadOptions {
  enabled?: boolean;
  staleTime?: number;
  keepPrevious?: boolean;
  /** Fetches again at this interval; for the few things of which no hint tells. */
  everyMs?: number;
}

/** Reads what a route answers and keeps the answer fresh. */
export function useRead<Id extends RouteId>(id: Id, input: CallInput<Id>, options: ReadOptions = {}): UseQueryResult<Answer<Id>, ErrorOf<Id>> {
  const { call } = useParts();
  const query = {
    queryKey: keyOf(id, input),
    queryFn: ({ signal }: { signal: AbortSignal }) => (call as LooseCall<Id>)(id, { ...input, signal }),
    enabled: options.enabled ?? true,
    ...(options.staleTime !== undefined && { staleTime: options.staleTime }),
    ...(options.everyMs !== undefined && { refetchInterval: options.everyMs }),
    ...(options.keepPrevious && { placeholderData: keepPreviousData }),
  };
  // react-query's guard against functions as data cannot be decided while the id is open.
  return useQuery(query as UseQueryOptions<Answer<Id>, ErrorOf<Id>>);
}

/** Makes a read count as pending until what it is shown with is there too: half of a list would be taken for all of it. */
export function shownWhen<Read extends { data: unknown; isPending: boolean }>(complete: boolean, read: Read): Read | (Omit<Read, 'data' | 'isPending'> & { data: undefined; isPending: true }) {
  return complete ? read : { ...read, data: undefined, isPending: true };
}

interface WriteOptions<Id extends RouteId> {
  renews?: readonly RouteId[];
  onSuccess?: (answer: Answer<Id>, input: CallInput<Id>) => void;
  /** Ignores a second call of `mutate` while the first is under way: on a busy phone two taps arrive before it has drawn. */
  single?: boolean;
}

/**
 * A write. Afterwards everything that was read through the routes in `renews` is fetched again, and the write counts as
 * pending until that is there. What follows a success belongs into `onSuccess` here: callbacks given to `mutate` are lost
 * when the fetching takes the button off the screen.
 */
export function useWrite<Id extends RouteId>(id: Id, { renews = [], onSuccess, single = false }: WriteOptions<Id> = {}): UseMutationResult<Answer<Id>, ErrorOf<Id>, CallInput<Id>> {
  const { call, queries } = useParts();
  const underWay = useRef(false);
  const write = useMutation<Answer<Id>, ErrorOf<Id>, CallInput<Id>>({
    mutationFn: (input) => (call as LooseCall<Id>)(id, input),
    onSuccess: (answer, input) => {
      onSuccess?.(answer, input);
    },
    onSettled: async () => {
      underWay.current = false;
      await renew(queries, renews);
    },
  });
  if (!single) return write;
  const mutate: typeof write.mutate = (...asked) => {
    if (underWay.current) return;
    underWay.current = true;
    write.mutate(...asked);
  };
  return { ...write, mutate };
}

// The rest parameter of `call` depends on the id, which is still open here.
type LooseCall<Id extends RouteId> = (id: Id, input: CallInput<Id>) => Promise<Answer<Id>>;
