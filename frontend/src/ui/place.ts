import type { ContractField } from '../lib/forms/contract-fields';

export interface Place {
  placeId: string;
  name: string;
  area: string;
  /** The name in Devanagari, where the gazetteer has one or can transliterate it. */
  nameHi?: string | null;
  areaHi?: string | null;
}

/** The name of a place in the reader's script. */
export function placeNameOf({ name, nameHi }: Place, language: 'en' | 'hi'): string {
  return language === 'hi' ? (nameHi ?? name) : name;
}

/** The area of a place, which distinguishes places of one name. */
export function placeAreaOf({ area, areaHi }: Place, language: 'en' | 'hi'): string {
  return language === 'hi' ? (areaHi ?? area) : area;
}

export function placeLabelOf(place: Place, language: 'en' | 'hi'): string {
  return [placeNameOf(place, language), placeAreaOf(place, language)].filter(Boolean).join(', ');
}

/** The place of a site in the reader's script. */
export function siteNameOf({ placeName, placeNameHi }: { placeName: string; placeNameHi: string | null }, language: 'en' | 'hi'): string {
  return language === 'hi' ? (placeNameHi ?? placeName) : placeName;
}

/** The form field for a place, which is chosen from the list and sent by its id. */
export const placeField: ContractField = { of: 'placeId', sent: (typed) => (typed as Place | null)?.placeId, words: 'profile.fault_place' };
