import { NameSearch, type Named } from './name-search';
import { localities, places, preparePlaces, type Place } from './places';
import { Sliced } from './sliced';

/** A number with at least this many digits counts as the beginning of a PIN code. */
const FEWEST_DIGITS = 4;
const PIN_DIGITS = 6;
/** Muster's people are in India: a town there comes before one abroad that is a hundred times as large. */
const HOME = { country: 'IN', weight: 1 } as const;
/** Localities that are looked at between two pauses. */
const SLICE = 2000;

interface Index {
  readonly names: NameSearch<Place>;
  /** Every PIN code with its place, in the order of the codes. */
  readonly pins: ReadonlyArray<readonly [pin: string, place: Place]>;
}

const index = new Sliced<Index>(build);

/** Whether {@link searchPlaces} and {@link placesNear} answer without having to read or index anything first. */
export function placeSearchIsReady(): boolean {
  return index.isReady;
}

/** Reads and indexes in slices: for a service to await before it is ready. */
export async function preparePlaceSearch(): Promise<void> {
  await preparePlaces();
  await index.prepare();
}

/**
 * Towns and localities whose name begins like `text`, in either script and with or without what stands behind it in a
 * label (`Nagpur, Maharashtra`), or whose PIN code begins so. At most `limit`; none for a text that is neither.
 */
export function searchPlaces(text: string, limit = 10): Place[] {
  const pin = pinOf(text);
  if (pin !== undefined) return byPin(pin, limit);
  return index.get().names.search(text, limit);
}

/** The places around a point, the nearest first. */
export function placesNear(point: Place['point'], limit: number): Place[] {
  const across = Math.cos((point.latitude * Math.PI) / 180);
  const nearest: Array<{ readonly place: Place; readonly away: number }> = [];
  let farthest = Infinity;
  for (const all of [places(), localities()]) {
    for (const one of all) {
      const north = one.point.latitude - point.latitude;
      const east = (one.point.longitude - point.longitude) * across;
      const away = north * north + east * east;
      if (away >= farthest) continue;
      const at = nearest.findIndex((other) => away < other.away);
      nearest.splice(at === -1 ? nearest.length : at, 0, { place: one, away });
      if (nearest.length > limit) nearest.pop();
      if (nearest.length === limit) farthest = nearest[limit - 1]?.away ?? Infinity;
    }
  }
  return nearest.map((one) => one.place);
}

/** The digits of a text that is a PIN code or the beginning of one, also `440 001` and in Devanagari. */
function pinOf(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '').replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
  return /^[1-9]\d+$/.test(digits) && digits.length >= FEWEST_DIGITS && digits.length <= PIN_DIGITS ? digits : undefined;
}

function byPin(pin: string, limit: number): Place[] {
  const { pins } = index.get();
  let low = 0;
  let high = pins.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pins[middle]?.[0] ?? '') < pin) low = middle + 1;
    else high = middle;
  }
  const found = new Set<Place>();
  for (let at = low; pins[at]?.[0].startsWith(pin) && found.size < limit; at += 1) found.add((pins[at] as Index['pins'][number])[1]);
  return [...found];
}

function* build(): Generator<void, Index> {
  const pins: Array<readonly [string, Place]> = [];
  for (const all of [places(), localities()]) {
    for (const [at, one] of all.entries()) {
      for (const pin of one.pins) pins.push([pin, one]);
      if (at % SLICE === SLICE - 1) yield;
    }
  }
  pins.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  yield;
  const names = yield* NameSearch.building(named());
  return { names, pins };
}

function* named(): Generator<Named<Place>> {
  for (const all of [places(), localities()]) for (const one of all) yield namedOf(one);
}

function namedOf(one: Place): Named<Place> {
  return {
    item: one,
    names: [one.name, ...(one.nameHi ? [one.nameHi] : []), ...one.spellings],
    beside: [one.area, ...(one.areaHi ? [one.areaHi] : []), ...one.pins],
    weight: Math.log10(one.population) / 2 + (one.country === HOME.country ? HOME.weight : 0),
  };
}

