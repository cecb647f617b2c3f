import type { PersonId } from '@muster/contracts/kernel/ids';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import { isFree } from './availability.rules';
import { utcDayOf, type DayNumber } from './civil-day.rules';
import { bands } from './distance.rules';
import type { SiblingsOf } from './match.rules';
import { ASK, columnOf, COLUMNS, DAYS, ENTRY_WORDS, FLOOR, HEAD, ROWS, rowOf, STANDING, TERMS, X } from './postings';
import { compileSearch, type CompiledSearch } from './compiled-search';
import { reasonsOf } from './reasons.rules';
import { daysOverPreferred, interestMicro, levelMicro, priceMicro, scoreParts, type Fit } from './score.rules';
import { TopMatches } from './top-matches';
import { levelOf, tradeOf, yearsOf } from './worker-records';
import { WorkerStore } from './worker-store';
import type { WorkerDocument } from './worker-document';
import type { RankedMatch, WorkerRanking, WorkerSearch } from './worker-search';

/**
 * The exact index of worker documents, all in memory: the answer is that of matching every document by `match.rules`
 * and sorting, ties included. Changes are seen by the next search.
 *
 * The day never goes back, and it turns without a stop: each block of entries is brought to the new day by the first
 * search that reads it, or by {@link settle}, which the owner calls while idle.
 */
export class WorkerIndex {
  private readonly store: WorkerStore;
  private readonly top: TopMatches;
  /** One byte for 65,536 residues of slots: whether a search knows somebody there. */
  private readonly marks = new Uint8Array(0x10000);

  /** @param options.siblingsOf symmetric @param options.capacity workers to make room for; more still fit */
  constructor(options: { siblingsOf: SiblingsOf; now: number; capacity?: number }) {
    this.store = new WorkerStore(options.siblingsOf, utcDayOf(options.now), options.capacity ?? 1024);
    this.top = new TopMatches((a, b) => this.store.people.compare(a, b));
  }

  /** Searchable workers. */
  get size(): number {
    return this.store.people.size;
  }

  /** Of the typed arrays; the few workers with blocks, far dates or "free today" cost a little more. */
  get bytes(): number {
    return this.store.bytes;
  }

  has(personId: PersonId): boolean {
    return this.store.people.slotOf(personId) !== -1;
  }

  /** Who is inactive, not declared to be adult, or without a skill is removed. */
  upsert(document: WorkerDocument): void {
    this.store.upsert(document);
  }

  remove(personId: PersonId): void {
    this.store.remove(personId);
  }

  rollTo(now: number): DayNumber {
    this.store.day = Math.max(this.store.day, utcDayOf(now));
    return this.store.day;
  }

  /** Brings about `entries` postings to the present day; false when nothing was left to do. */
  settle(entries: number): boolean {
    return this.store.settle(entries);
  }

  /** @throws RangeError for a day outside the horizon or a limit outside 1–100 */
  search(search: WorkerSearch): WorkerRanking {
    const day = this.rollTo(search.now);
    const compiled = compileSearch(search, this.store, day);
    this.top.reset(search.limit);
    for (const slot of compiled.known.keys()) this.marks[slot & 0xffff] = 1;
    const matches = this.scanCells(compiled);
    for (const slot of compiled.known.keys()) this.marks[slot & 0xffff] = 0;
    return { items: this.top.ranked().map((at) => this.describe(at, search, day)), matches };
  }

  /** From the site's row and column outwards: good matches early make most of the others cheap. */
  private scanCells(compiled: CompiledSearch): number {
    const { site, bounds, trades } = compiled;
    const { postings } = this.store;
    const row = rowOf(site.latitude);
    const rows = Math.max(row - rowOf(site.latitude - bounds.latitude), rowOf(site.latitude + bounds.latitude) - row);
    const column = columnOf(site.longitude);
    const columns = Math.min(COLUMNS / 2, Math.ceil(bounds.longitude * (COLUMNS / 360)));
    let matches = 0;
    for (let down = 0; down <= 2 * rows; down += 1) {
      const y = row + outwards(down);
      if (y < 0 || y >= ROWS) continue;
      for (let across = 0; across <= Math.min(2 * columns, COLUMNS - 1); across += 1) {
        const cell = y * COLUMNS + ((column + outwards(across) + COLUMNS) % COLUMNS);
        if (!postings.isOccupied(cell)) continue;
        for (let n = 0; n < trades.length; n += 1) {
          const block = postings.find(trades[n] as number, cell);
          if (block === -1 || postings.counts[block] === 0) continue;
          if (postings.days[block] !== this.store.day) this.store.turn(block);
          matches += this.scanBlock(block, compiled);
        }
      }
    }
    return matches;
  }

  private scanBlock(block: number, compiled: CompiledSearch): number {
    const { postings } = this.store;
    const { words, floats } = postings;
    const { top } = this;
    const { origin, pay, minimumLevel, languages, reach, reaches, bandEnds, stranger, bestByBand } = compiled;
    const [day0, day1, day2, day3] = compiled.dayWords;
    const trade = postings.trades[block] as number;
    const isSibling = trade !== compiled.trade;
    const siblingPart = isSibling ? compiled.siblingPart : 0;
    const [originX, originY, originZ] = origin;
    let matches = 0;
    const start = (postings.starts[block] as number) * ENTRY_WORDS;
    const end = start + (postings.counts[block] as number) * ENTRY_WORDS;
    for (let at = start; at < end; at += ENTRY_WORDS) {
      const head = words[at + HEAD] as number;
      const terms = words[at + TERMS] as number;
      // One branch for all that a bit can say; each term is 0 where the filter is passed.
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
      if (isSibling && (head & 8) !== 0 && this.hasBetterSkill(slot, trade, compiled)) continue;
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
      const before = (words[at + STANDING] as number) + siblingPart + familiarity;
      if (before + (bestByBand[band] as number) < top.threshold) continue;
      const ask = words[at + ASK] as number;
      const preferred = terms & 63;
      const daysOver = daysOverPreferred(compiled.days.length, preferred === 0 ? null : preferred);
      const total = before + priceMicro(ask, pay) + interestMicro(band, ask, pay, (head >>> 5) & 3, daysOver);
      if (total >= top.threshold) top.offer(total, slot, at, trade, band);
    }
    return matches;
  }

  /** The slow way, for those few whose calendar says no while they say "free today". */
  private isFreeToday(head: number, compiled: CompiledSearch): boolean {
    if ((head & 16) === 0 || !compiled.asksToday) return false;
    const calendar = this.store.freeToday.get(head >>> 8);
    return calendar !== undefined && compiled.days.every((day) => isFree(calendar, day, compiled.nowSeconds, compiled.today));
  }

  /** Whether the worker is found through another skill: the trade itself, or a better sibling of it. */
  private hasBetterSkill(slot: number, trade: number, compiled: CompiledSearch): boolean {
    const { records } = this.store;
    const own = records.skillOf(slot, trade);
    const ownPart = levelMicro(levelOf(own), yearsOf(own));
    for (let n = 0, count = records.skillCount(slot); n < count; n += 1) {
      const skill = records.skillAt(slot, n);
      const other = tradeOf(skill);
      if (other === trade || levelOf(skill) < compiled.minimumLevel) continue;
      if (other === compiled.trade) return true;
      if (!compiled.trades.includes(other)) continue;
      const difference = levelMicro(levelOf(skill), yearsOf(skill)) - ownPart;
      if (difference > 0 || (difference === 0 && this.store.tradeName(other) < this.store.tradeName(trade))) return true;
    }
    return false;
  }

  private describe(at: number, search: WorkerSearch, day: DayNumber): RankedMatch {
    const { words } = this.store.postings;
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

/** 0, 1, −1, 2, −2 … */
function outwards(n: number): number {
  return n % 2 === 1 ? (n + 1) / 2 : -n / 2;
}
