import { dayNumber, type DayNumber } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { Point } from '@muster/contracts/kernel/place';
import { bandEnds, bands, boundsAround, chordSquaredOf, onSphere, type OnSphere } from '../site/distance.rules';
import { FIRST_DAY, LAST_DAY } from './availability.rules';
import { familiarityMicro, FULL_EXPERIENCE_YEARS, interestMicro, levelMicro, priceMicro, SIBLING_MICRO } from './score.rules';
import type { WorkerSearch } from './worker-search';
import { languageBit, type WorkerStore } from './worker-store';

const MOST = 100;
/** Squared chords of whole kilometres, by travel radius. */
const reaches = Float64Array.from({ length: 512 }, (_, kilometres) => chordSquaredOf(kilometres));
const ends = Float64Array.from(bandEnds);
/** Holds {@link levelMicro} at the index level << 4 | years. */
export const levelMicros = Int32Array.from({ length: 96 }, (_, at) =>
  at < 16 ? 0 : levelMicro(at >>> 4, Math.min(FULL_EXPERIENCE_YEARS, at & 15)),
);
const stranger = familiarityMicro(undefined);
/** Stands in place of a familiarity, which is never above zero, for workers who are never shown to this contractor. */
const HIDDEN = 1;

/** A search in the form that the scan reads. */
export interface CompiledSearch {
  readonly site: Point;
  readonly origin: OnSphere;
  readonly bounds: { readonly latitude: number; readonly longitude: number };
  readonly reach: number;
  readonly reaches: Float64Array;
  readonly bandEnds: Float64Array;
  /** The number of the trade asked for, −1 if nobody has it, and of all trades that count: itself and its siblings. */
  readonly trade: number;
  readonly trades: readonly number[];
  readonly siblingPart: number;
  readonly minimumLevel: number;
  readonly pay: number;
  readonly languages: number;
  readonly days: readonly DayNumber[];
  readonly dayWords: readonly [number, number, number, number];
  readonly nowSeconds: number;
  /** Whether the standings in the entries are those of the search's day; otherwise each has to be computed. */
  readonly isPresent: boolean;
  /** Results start below this total, or at it behind this person. */
  readonly ceiling: number;
  readonly behind: PersonId | undefined;
  readonly today: DayNumber;
  readonly asksToday: boolean;
  /** Familiarity in micros by slot; a value above zero hides the worker. */
  readonly known: ReadonlyMap<number, number>;
  readonly stranger: number;
  /** By number of trade: 1 for the trade asked for, 2 for its siblings. */
  readonly roles: Uint8Array;
  readonly offers: OfferBounds;
}

/**
 * The arrays that every search of an index fills anew, because clearing them costs less than allocating them. Only one
 * search runs at a time.
 */
export class Workspace {
  readonly roles = new Uint8Array(256);
  readonly offers = new OfferBounds();
}

export function compileSearch(search: WorkerSearch, store: WorkerStore, { roles, offers }: Workspace): CompiledSearch {
  if (!Number.isInteger(search.limit) || search.limit < 1 || search.limit > MOST) throw new RangeError('limit: 1 to 100');
  const { day } = store;
  const days = search.days.map(dayNumber);
  const dayWords: [number, number, number, number] = [0, 0, 0, 0];
  for (const one of days) {
    if (one < day + FIRST_DAY || one > day + LAST_DAY) throw new RangeError('a day outside the horizon of the index');
    const word = ((one & 127) >>> 5) as 0 | 1 | 2 | 3;
    dayWords[word] |= 1 << (one & 31);
  }
  const today = dayNumber(search.today);
  const trades = [search.trade, ...store.siblingsOf(search.trade)].map((name) => store.tradeNumber(name));
  fillRoles(roles, trades);
  offers.reset(search.payPerDay);
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
    isPresent: today === day,
    ceiling: search.after?.total ?? 0x7fffffff,
    behind: search.after?.personId,
    today,
    asksToday: days.includes(today),
    known: knownOf(search, store),
    stranger,
    roles,
    offers,
  };
}

function fillRoles(roles: Uint8Array, trades: readonly number[]): void {
  roles.fill(0);
  trades.forEach((trade, nth) => {
    if (trade !== -1) roles[trade] = nth === 0 ? 1 : 2;
  });
}

const STEPS = 32; // steps of the pay
const MOST_STEPS = 63;
const UNKNOWN = 1;

/**
 * Upper bounds of the parts for price and interest, by distance band, steps of what the worker asks and number of
 * waiting invites. They dismiss most candidates without a logarithm and are computed as they are needed.
 */
class OfferBounds {
  private readonly known = new Int32Array(bands.length * 256);
  private pay = 0;
  private perUnit = 0;

  reset(pay: number): void {
    this.known.fill(UNKNOWN);
    this.pay = pay;
    this.perUnit = pay > 0 ? STEPS / pay : 0;
  }

  at(band: number, ask: number, pending: number): number {
    const step = Math.min(MOST_STEPS, (ask * this.perUnit) | 0);
    const at = (band << 8) | (pending << 6) | step;
    const known = this.known[at] as number;
    return known === UNKNOWN ? this.workOut(at, band, step, pending) : known;
  }

  private workOut(at: number, band: number, step: number, pending: number): number {
    // The bound is computed for one minor unit less, in case a product was rounded up across an edge.
    const ask = this.perUnit === 0 ? 0 : Math.max(0, step / this.perUnit - 1);
    const bound = priceMicro(ask, this.pay) + interestMicro(band, ask, this.pay, pending, 0);
    this.known[at] = bound;
    return bound;
  }
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
