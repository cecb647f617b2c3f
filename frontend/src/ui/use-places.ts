import { useEffect, useRef, useState } from 'react';
import type { Place } from './place';
import { snapped } from './snapped';

export interface PlaceSources {
  byName: (text: string, signal: AbortSignal) => Promise<readonly Place[]>;
  near: (at: string, signal: AbortSignal) => Promise<readonly Place[]>;
}

export interface FoundPlaces {
  /** `trouble`: the list could not be fetched; `hidden`: the device does not say where it is. */
  state: 'closed' | 'asking' | 'locating' | 'found' | 'trouble' | 'hidden';
  places: readonly Place[];
  locate: () => void;
  close: () => void;
}

/** The list is asked for after this pause in the typing, in milliseconds. */
const PAUSE_MS = 150;
const LOCATE_MS = 15_000;
const none: readonly Place[] = [];

/** Finds the places for the text in a field. The list always belongs to the present text, never to an earlier one whose answer came late. */
export function usePlaces(sources: PlaceSources, asked: string): FoundPlaces {
  const [found, setFound] = useState<Pick<FoundPlaces, 'state' | 'places'> & { for: string }>({ state: 'closed', places: none, for: '' });
  const locating = useRef<AbortController | null>(null);
  const show = (state: FoundPlaces['state'], text: string, places: readonly Place[] = none) => setFound({ state, places, for: text });

  useEffect(() => {
    if (asked === '') return;
    locating.current?.abort();
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      sources.byName(asked, aborter.signal).then(
        (places) => !aborter.signal.aborted && show('found', asked, places),
        () => !aborter.signal.aborted && show('trouble', asked),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [asked, sources]);
  useEffect(() => () => locating.current?.abort(), []);

  const locate = () => {
    const aborter = new AbortController();
    locating.current?.abort();
    locating.current = aborter;
    show('locating', '');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        sources.near(snapped(coords), aborter.signal).then(
          (places) => !aborter.signal.aborted && show('found', '', places),
          () => !aborter.signal.aborted && show('trouble', ''),
        );
      },
      () => !aborter.signal.aborted && show('hidden', ''),
      // A rough position is enough: only the cell of about a kilometre is sent.
      { enableHighAccuracy: false, maximumAge: 600_000, timeout: LOCATE_MS },
    );
  };
  const close = () => show('closed', asked);

  if (found.for === asked) return { ...found, locate, close };
  // The list in hand belongs to an earlier text; the answer to the present one is on its way.
  return { state: asked === '' ? 'closed' : 'asking', places: none, locate, close };
}
