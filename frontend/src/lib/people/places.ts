import { useMemo } from 'react';
import type { Answer } from '../api/client';
import { useParts } from '../parts';

type Found = Answer<'user.searchPlaces'>['items'];

export interface PlaceSearch {
  /** By the beginning of a name or a PIN code; those of India first. */
  byName: (text: string, signal: AbortSignal) => Promise<Found>;
  /** Around a point that was snapped on the device, the nearest first. */
  near: (at: string, signal: AbortSignal) => Promise<Found>;
}

const HOME = 'Asia/Kolkata';

/** Asks the gazetteer; for the field in which a place is chosen. */
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
