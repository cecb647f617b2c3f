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
  /** For the few things that no hint tells of. */
  everyMs?: number;
}

/** What a route answers, kept fresh. `undefined` as input asks for nothing yet. */
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

/** An answer that is shown when something else is there too, and is on its way until then: half of it would be read as all of it. */
export function shownWhen<Read extends { data: unknown; isPending: boolean }>(complete: boolean, read: Read): Read | (Omit<Read, 'data' | 'isPending'> & { data: undefined; isPending: true }) {
  return complete ? read : { ...read, data: undefined, isPending: true };
}

interface WriteOptions<Id extends RouteId> {
  renews?: readonly RouteId[];
  onSuccess?: (answer: Answer<Id>, input: CallInput<Id>) => void;
  /** Takes no second call of `mutate` while one is under way: two taps reach a busy phone before it has drawn the first. */
  single?: boolean;
}

/**
 * A write; afterwards everything read through the routes in `renews` is fetched again, and it is busy until that is
 * there. What follows a success goes into `onSuccess` here: callbacks given to `mutate` are lost when the fetching
 * takes the button off the screen.
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
