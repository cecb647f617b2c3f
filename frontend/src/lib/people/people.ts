import { useMemo } from 'react';
import { useRead } from '../api/queries';

/** Names by person id, fetched a batch at a time; empty until they have come. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const wanted = useMemo(() => [...new Set(ids)].sort().slice(0, 100), [ids]);
  const { data } = useRead('user.readCards', { body: { ids: wanted } }, { enabled: wanted.length > 0, staleTime: 300_000, keepPrevious: true });
  return useMemo(() => {
    const names = new Map(data?.items.map((card) => [card.personId, card.displayName]));
    return (id) => names.get(id) ?? '';
  }, [data]);
}
