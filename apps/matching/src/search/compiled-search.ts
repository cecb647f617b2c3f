import type { Point } from '@muster/contracts/kernel/place';
import { FIRST_DAY, LAST_DAY } from './availability.rules';
import { dayNumber, type DayNumber } from './civil-day.rules';
import { bandEnds, bands, boundsAround, chordSquaredOf, onSphere, type OnSphere } from './distance.rules';
import { bestInterestMicro, familiarityMicro, SIBLING_MICRO } from './score.rules';
import { languageBit, type WorkerStore } from './worker-store';
import type { WorkerSearch } from './worker-search';

const MOST = 100;
/** Squared chords of whole kilometres, by travel radius. */
const reaches = Float64Array.from({ length: 512 }, (_, kilometres) => chordSquaredOf(kilometres));
const ends = Float64Array.from(bandEnds);
const bestByBand = Int32Array.from(bands, (_, band) => bestInterestMicro(band));
const stranger = familiarityMicro(undefined);
/** In place of a familiarity, which is never above zero: never shown to this contractor. */
const HIDDEN = 1;

/** A search as the scan reads it. */
export interface CompiledSearch {
  readonly site: Point;
  readonly origin: OnSphere;
  readonly bounds: { readonly latitude: number; readonly longitude: number };
  readonly reach: number;
  readonly reaches: Float64Array;
  readonly bandEnds: Float64Array;
  /** The trade asked for, −1 if nobody has it, and all that count: it and its siblings. */
  readonly trade: number;
  readonly trades: readonly number[];
  readonly siblingPart: number;
  readonly minimumLevel: number;
  readonly pay: number;
  readonly languages: number;
  readonly days: readonly DayNumber[];
  readonly dayWords: readonly [number, number, number, number];
  readonly nowSeconds: number;
  readonly today: DayNumber;
  readonly asksToday: boolean;
  /** Familiarity in micros by slot; above zero: hidden. */
  readonly known: ReadonlyMap<number, number>;
  readonly stranger: number;
  readonly bestByBand: Int32Array;
}

export function compileSearch(search: WorkerSearch, store: WorkerStore, day: DayNumber): CompiledSearch {
  if (!Number.isInteger(search.limit) || search.limit < 1 || search.limit > MOST) throw new RangeError('limit: 1 to 100');
  const days = search.days.map(dayNumber);
  const dayWords: [number, number, number, number] = [0, 0, 0, 0];
  for (const one of days) {
    if (one < day + FIRST_DAY || one > day + LAST_DAY) throw new RangeError('a day outside the horizon of the index');
    const word = ((one & 127) >>> 5) as 0 | 1 | 2 | 3;
    dayWords[word] |= 1 << (one & 31);
  }
  const today = dayNumber(search.today);
  const trades = [search.trade, ...store.siblingsOf(search.trade)].map((name) => store.tradeNumber(name));
  return {
    site: search.site,
    origin: onSphere(search.site),
    bounds: boundsAround(search.site, search.radiusKm),
    reach: chordSquaredOf(search.radiusKm),
    reaches,
    bandEnds: ends,
    trade: trades[0] as number,
    trades: trades.filter((trade) => trade !== -1),
    siblingPart: SIBLING_MICRO,
    minimumLevel: search.minimumLevel,
    pay: search.payPerDay,
    languages: search.language === null ? 0 : languageBit(search.language),
    days,
    dayWords,
    nowSeconds: Math.floor(search.now / 1000),
    today,
    asksToday: days.includes(today),
    known: knownOf(search, store),
    stranger,
    bestByBand,
  };
}

function knownOf(search: WorkerSearch, store: WorkerStore): ReadonlyMap<number, number> {
  const known = new Map<number, number>();
  for (const [personId, familiarity] of search.familiarity ?? []) {
    const slot = store.people.slotOf(personId);
    if (slot !== -1) known.set(slot, familiarityMicro(familiarity));
  }
  for (const personId of [search.contractorId, ...(search.without ?? [])]) {
    const slot = store.people.slotOf(personId);
    if (slot !== -1) known.set(slot, HIDDEN);
  }
  for (const slot of store.blockedWith.get(search.contractorId) ?? []) known.set(slot, HIDDEN);
  return known;
}
