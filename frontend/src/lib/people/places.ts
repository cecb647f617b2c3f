import { useCallback } from 'react';
import { useParts } from '../parts';

/** Asks the gazetteer; for the field in which a place is chosen. */
export function usePlaceSearch() {
  const { call } = useParts();
  return useCallback(
    async (text: string, signal: AbortSignal) => (await call('user.searchPlaces', { query: { q: text.slice(0, 80) }, signal })).items,
    [call],
  );
}
