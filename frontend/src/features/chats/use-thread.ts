import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ErrorOf } from '../../lib/api/problem-error';
import { keyOfThread, readThread, type Thread } from '../../lib/chat/thread';
import { useParts } from '../../lib/parts';

export function useThread(conversationId: string): UseQueryResult<Thread, ErrorOf<'communication.readMessages'>> {
  const parts = useParts();
  return useQuery<Thread, ErrorOf<'communication.readMessages'>>({
    queryKey: keyOfThread(conversationId),
    queryFn: ({ signal }) => readThread(parts, conversationId, signal),
  });
}
