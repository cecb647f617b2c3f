import type { ContractField } from '../lib/forms/contract-fields';

export interface Place {
  placeId: string;
  name: string;
  area: string;
  /** In Devanagari, where the gazetteer knows it or can make it. */
  nameHi?: string | null;
  areaHi?: string | null;
}

/** A place's name in the reader's script. */
export function nameOf({ name, nameHi }: Place, language: 'en' | 'hi'): string {
  return language === 'hi' ? (nameHi ?? name) : name;
}

/** What tells it from its namesakes. */
export function areaOf({ area, areaHi }: Place, language: 'en' | 'hi'): string {
  return language === 'hi' ? (areaHi ?? area) : area;
}

export function labelOf(place: Place, language: 'en' | 'hi'): string {
  return [nameOf(place, language), areaOf(place, language)].filter(Boolean).join(', ');
}

/** Where a site is, in the reader's script. */
export function siteOf({ placeName, placeNameHi }: { placeName: string; placeNameHi: string | null }, language: 'en' | 'hi'): string {
  return language === 'hi' ? (placeNameHi ?? placeName) : placeName;
}

/** A place that is chosen from the list and sent by its id. */
export const placeField: ContractField = { of: 'placeId', sent: (typed) => (typed as Place | null)?.placeId, words: 'profile.fault_place' };
