import { useMemo } from 'react';
import type { Answer } from '../api/client';
import { useParts } from '../parts';

type Found = Answer<'user.searchPlaces'>['items'];

export interface PlaceSearch {
  /** Finds places by the beginning of a name or a PIN code; those of India come first. */
  byName: (text: string, signal: AbortSignal) => Promise<Found>;
  /** Finds places around a point that was rounded on the device; the nearest come first. */
  near: (at: string, signal: AbortSignal) => Promise<Found>;
}

const HOME = 'Asia/Kolkata';

/** Searches the gazetteer, for the field in which a place is chosen. */
export function usePlaceSearch(): PlaceSearch {
  const { call } = useParts();
  return useMemo(
    () => ({
      byName: async (text, signal) => {
        const { items } = await call('user.searchPlaces', { query: { q: text.slice(0, 80) }, signal });
        return [...items.filter(({ zone }) => zone === HOME), ...items.filter(({ zone }) => zone !== HOME)];
      },
      near: async (at, signal) => (await call('user.placesNear', { query: { at }, signal })).items,
    }),
    [call],
  );
}
