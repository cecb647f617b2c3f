import type { DayNumber } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import { bands, widthBetween } from '../site/distance.rules';
import { indexDayOf, isFree } from './availability.rules';
import { compileSearch, levelMicros, Workspace, type CompiledSearch } from './compiled-search';
import { ASK, DAYS, ENTRY_WORDS, FLOOR, HEAD, RIVALS, STANDING, TERMS, X } from './entry-pool';
import type { SiblingsOf } from './match.rules';
import { reasonsOf } from './reasons.rules';
import { daysOverPreferred, interestMicro, levelMicro, priceMicro, scoreParts, standingMicro, type Fit } from './score.rules';
import { TopMatches } from './top-matches';
import { columnOf, COLUMNS, latitudeOf, ROWS, rowOf, type TradePostings } from './trade-postings';
import type { WorkerDocument } from './worker-document';
import { levelOf, packRivals, tradeOf, yearsOf } from './worker-records';
import type { RankedMatch, WorkerRanking, WorkerSearch } from './worker-search';
import { WorkerStore } from './worker-store';

/**
 * The exact index of worker documents in memory. Its answer equals matching every document by `match.rules` and
 * sorting, ties included. The next search sees every change.
 *
 * The day never goes back, and its change does not stop the index: each block of entries is brought to the new day by
 * the first search that reads it, or by {@link settle}, which the owner calls while idle.
 */
export class WorkerIndex {
  private readonly store: WorkerStore;
  private readonly top: TopMatches;
  private readonly workspace = new Workspace();
  /** One byte per residue of a slot modulo 65,536, which tells whether a search knows somebody there. */
  private readonly marks = new Uint8Array(0x10000);

  /**
   * @param options.siblingsOf a symmetric relation @param options.capacity the number of workers to allocate for; more
   * still fit
   */
  constructor(options: { siblingsOf: SiblingsOf; now: number; capacity?: number }) {
    this.store = new WorkerStore(options.siblingsOf, indexDayOf(options.now), options.capacity ?? 1024);
    this.top = new TopMatches((a, b) => this.store.people.compare(a, b));
  }

  /** The number of searchable workers. */
  get size(): number {
    return this.store.people.size;
  }

  /** The bytes of the typed arrays; the few workers with blocks, far dates or "free today" need a little more. */
  get bytes(): number {
    return this.store.bytes;
  }

  /** A small number that belongs to the person until their removal and may be reused afterwards; −1 for an absent person. */
  slotOf(personId: PersonId): number {
    return this.store.people.slotOf(personId);
  }

  /** Adds or replaces a worker. A person who is inactive, not declared adult or without a skill is removed. */
  upsert(document: WorkerDocument): void {
    this.store.upsert(document);
  }

  remove(personId: PersonId): void {
    this.store.remove(personId);
  }

  rollTo(now: number): DayNumber {
    this.store.day = Math.max(this.store.day, indexDayOf(now));
    return this.store.day;
  }

  /** Brings about `entries` postings to the current day; returns false if nothing was left to do. */
  settle(entries: number): boolean {
    return this.store.settle(entries);
  }

  /** Lays out everything in the order in which it is read; to be called once after loading (about a second per million). */
  arrange(): void {
    this.store.arrange();
  }

  /**
   * @param slots receives the slots of the workers in the answer, in its order, for facts that the owner stores by
   * {@link slotOf}
   * @throws RangeError for a day outside the horizon or a limit outside 1–100
   */
  search(search: WorkerSearch, slots: number[] = []): WorkerRanking {
    this.rollTo(search.now);
    const compiled = compileSearch(search, this.store, this.workspace);
    this.top.reset(search.limit);
    for (const slot of compiled.known.keys()) this.marks[slot & 0xffff] = 1;
    const matches = this.scanCells(compiled, search);
    for (const slot of compiled.known.keys()) this.marks[slot & 0xffff] = 0;
    const items = this.top.ranked().map((at) => {
      slots.push(this.top.slots[at] as number);
      return this.describe(at, search, compiled.today);
    });
    return { items, matches };
  }

  /** Scans row by row, beginning with the site's own: good matches found early make most of the others cheap. */
  private scanCells(compiled: CompiledSearch, search: WorkerSearch): number {
    const { site, bounds, trades } = compiled;
    const home = rowOf(site.latitude);
    const rows = Math.max(home - rowOf(site.latitude - bounds.latitude), rowOf(site.latitude + bounds.latitude) - home);
    const column = columnOf(site.longitude);
    let matches = 0;
    for (let nth = 0; nth <= 2 * rows; nth += 1) {
      const row = home + outwards(nth);
      if (row < 0 || row >= ROWS) continue;
      const width = widthBetween(site, search.radiusKm, latitudeOf(row), latitudeOf(row + 1));
      if (width < 0) continue;
      const columns = Math.ceil(width * (COLUMNS / 360));
      const first = row * COLUMNS;
      const west = columns * 2 + 1 >= COLUMNS ? 0 : column - columns;
      const east = columns * 2 + 1 >= COLUMNS ? COLUMNS - 1 : column + columns;
      for (const trade of trades) {
        matches += this.scanRow(trade, first + Math.max(0, west), first + Math.min(COLUMNS - 1, east), compiled);
        // Scans the cells beyond the date line.
        if (west < 0) matches += this.scanRow(trade, first + COLUMNS + west, first + COLUMNS - 1, compiled);
        if (east >= COLUMNS) matches += this.scanRow(trade, first, first + east - COLUMNS, compiled);
      }
    }
    return matches;
  }

  private scanRow(trade: number, from: number, to: number, compiled: CompiledSearch): number {
    const postings = this.store.postings[trade] as TradePostings;
    let matches = 0;
    for (let block = postings.from(from); block < postings.count && (postings.cells[block] as number) <= to; block += 1) {
      if (postings.entries(block) === 0) continue;
      if (postings.day(block) !== this.store.day) this.store.turn(trade, block);
      matches += this.scanBlock(trade, postings.start(block), postings.end(block), compiled);
    }
    return matches;
  }

  private scanBlock(trade: number, start: number, end: number, compiled: CompiledSearch): number {
    const { words, floats } = this.store.entries;
    const { top } = this;
    const { pay, minimumLevel, languages, reach, reaches, bandEnds, stranger, offers, dayWords, origin, isPresent, ceiling } = compiled;
    const day0 = dayWords[0];
    const day1 = dayWords[1];
    const day2 = dayWords[2];
    const day3 = dayWords[3];
    const originX = origin[0];
    const originY = origin[1];
    const originZ = origin[2];
    const isSibling = trade !== compiled.trade;
    const siblingPart = isSibling ? compiled.siblingPart : 0;
    let threshold = top.threshold;
    let matches = 0;
    for (let at = start; at < end; at += ENTRY_WORDS) {
      const head = words[at + HEAD] as number;
      const terms = words[at + TERMS] as number;
      // A single branch covers all filters that a bit can express; each term is 0 if its filter is passed.
      const busy =
        (~(words[at + DAYS] as number) & day0) | (~(words[at + DAYS + 1] as number) & day1) |
        (~(words[at + DAYS + 2] as number) & day2) | (~(words[at + DAYS + 3] as number) & day3);
      const refused =
        (((head & 7) - minimumLevel) >> 31) | ((pay - (words[at + FLOOR] as number)) >> 31) |
        (languages & ~(terms >>> 15)) | (((head & 0x60) + 0x20) & 0x80);
      if ((busy | refused) !== 0 && (refused !== 0 || !this.isFreeToday(head, compiled))) continue;

      const dx = originX - (floats[at + X] as number);
      const dy = originY - (floats[at + X + 1] as number);
      const dz = originZ - (floats[at + X + 2] as number);
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > reach || squared > (reaches[(terms >>> 6) & 511] as number)) continue;

      const slot = head >>> 8;
      const rivals = words[at + RIVALS] as number;
      if (isSibling && rivals !== 0 && this.hasBetterSkill(slot, trade, head, rivals, compiled)) continue;
      let familiarity = stranger;
      if (this.marks[slot & 0xffff] !== 0) {
        const known = compiled.known.get(slot);
        if (known !== undefined) {
          if (known > 0) continue;
          familiarity = known;
        }
      }
      matches += 1;

      let band = 0;
      while (band < 5 && squared >= (bandEnds[band] as number)) band += 1;
      const own = isPresent ? (words[at + STANDING] as number) : this.standingOn(compiled.today, slot, trade);
      const before = own + siblingPart + familiarity;
      const ask = words[at + ASK] as number;
      const pending = (head >>> 5) & 3;
      if (before + offers.at(band, ask, pending) < threshold) continue;
      const preferred = terms & 63;
      const daysOver = daysOverPreferred(compiled.days.length, preferred === 0 ? null : preferred);
      const total = before + priceMicro(ask, pay) + interestMicro(band, ask, pay, pending, daysOver);
      if (total < threshold || total > ceiling || (total === ceiling && !this.isBehind(slot, compiled))) continue;
      top.offer(total, slot, at, trade, band);
      threshold = top.threshold;
    }
    return matches;
  }

  /**
   * The standing that the entry would hold on another day than the index's: for sites far from its zone, and for
   * rankings begun before midnight.
   */
  private standingOn(day: DayNumber, slot: number, trade: number): number {
    const { records } = this.store;
    const skill = records.skillOf(slot, trade);
    return standingMicro(records.standing(slot), day) + levelMicro(levelOf(skill), yearsOf(skill));
  }

  private isBehind(slot: number, { behind }: CompiledSearch): boolean {
    return behind === undefined || this.store.people.personAt(slot) > behind;
  }

  /** The slow check for the few workers whose calendar says no while they say "free today". */
  private isFreeToday(head: number, compiled: CompiledSearch): boolean {
    if ((head & 16) === 0 || !compiled.asksToday) return false;
    const calendar = this.store.freeToday.get(head >>> 8);
    return calendar !== undefined && compiled.days.every((day) => isFree(calendar, day, compiled.nowSeconds, compiled.today));
  }

  /** Whether the worker is found through another skill: the trade itself, or a better sibling. */
  private hasBetterSkill(slot: number, trade: number, head: number, rivals: number, compiled: CompiledSearch): boolean {
    if ((head & 8) === 0) {
      return this.isBetter(rivals & 0x7fff, slot, trade, compiled) || this.isBetter(rivals >>> 15, slot, trade, compiled);
    }
    const { records } = this.store;
    for (let n = 0, count = records.skillCount(slot); n < count; n += 1) {
      const other = records.skillAt(slot, n);
      if (tradeOf(other) !== trade && this.isBetter(packRivals([other]), slot, trade, compiled)) return true;
    }
    return false;
  }

  private isBetter(rival: number, slot: number, trade: number, compiled: CompiledSearch): boolean {
    const role = rival === 0 ? 0 : (compiled.roles[rival >>> 7] as number);
    if (role === 0 || ((rival >>> 4) & 7) < compiled.minimumLevel) return false;
    if (role === 1) return true;
    const own = this.store.records.skillOf(slot, trade);
    const difference = (levelMicros[rival & 0x7f] as number) - levelMicro(levelOf(own), yearsOf(own));
    return difference > 0 || (difference === 0 && this.store.tradeName(rival >>> 7) < this.store.tradeName(trade));
  }

  private describe(at: number, search: WorkerSearch, day: DayNumber): RankedMatch {
    const { words } = this.store.entries;
    const { people, records } = this.store;
    const slot = this.top.slots[at] as number;
    const offset = this.top.offsets[at] as number;
    const skill = records.skillOf(slot, this.top.trades[at] as number);
    const trade = this.store.tradeName(tradeOf(skill)) as TradeId;
    const personId = people.personAt(slot);
    const preferred = (words[offset + TERMS] as number) & 63;
    const band = this.top.bands[at] as number;
    const fit: Fit = {
      level: levelOf(skill),
      years: yearsOf(skill),
      sibling: trade !== search.trade,
      band,
      ask: words[offset + ASK] as number,
      pay: search.payPerDay,
      pending: ((words[offset + HEAD] as number) >>> 5) & 3,
      daysOver: daysOverPreferred(search.days.length, preferred === 0 ? null : preferred),
      familiarity: search.familiarity?.get(personId),
    };
    const standing = records.standing(slot);
    return {
      personId,
      trade,
      level: fit.level as SkillLevel,
      years: fit.years,
      sibling: fit.sibling,
      distanceBand: bands[band] as (typeof bands)[number],
      askPay: fit.ask,
      total: this.top.totals[at] as number,
      parts: scoreParts(standing, fit, day),
      reasons: reasonsOf(standing, fit, { days: search.days.length, language: search.language }, day),
    };
  }
}

/** Enumerates 0, 1, −1, 2, −2 … */
function outwards(n: number): number {
  return n % 2 === 1 ? (n + 1) / 2 : -n / 2;
}
