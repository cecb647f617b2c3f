import { DAY_MS, type DayNumber } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { language } from '@muster/contracts/user/views';
import { onSphere } from '../site/distance.rules';
import { calendarOf, FIRST_DAY, HORIZON_DAYS, LAST_DAY, writeDays, type Calendar } from './availability.rules';
import { ASK, DAYS, ENTRY_WORDS, EntryPool, FLOOR, HEAD, LARGEST_SLOT, RIVALS, STANDING, TERMS, X } from './entry-pool';
import { PENDING_CAP, type SiblingsOf } from './match.rules';
import { PersonSlots } from './person-slots';
import { floorInSteps, levelMicro, preferenceInSteps, standingMicro, standingOf } from './score.rules';
import { columnOf, COLUMNS, rowOf, TradePostings } from './trade-postings';
import type { Language, WorkerDocument } from './worker-document';
import { levelOf, PACKED_RIVALS, packRivals, packSkill, tradeOf, WorkerRecords, yearsOf } from './worker-records';

const NO_DATES: ReadonlyMap<DayNumber, boolean> = new Map();
const languageBits = new Map(language.options.map((code, bit) => [code, 1 << bit]));
/** The number of a trade has eight bits. */
const MOST_TRADES = 256;
const MOST_MINOR_UNITS = 0x7fffffff;

export function languageBit(code: Language): number {
  return languageBits.get(code) ?? 0;
}

/** The data of the index and their changes; `worker-index.ts` answers searches from them. */
export class WorkerStore {
  readonly people: PersonSlots;
  readonly records: WorkerRecords;
  readonly entries: EntryPool;
  /** The postings by number of trade. */
  readonly postings: TradePostings[] = [];
  /** The calendars of workers who are "free today". */
  readonly freeToday = new Map<number, Calendar>();
  /** Slots of those who blocked a person, or whom the person blocked. */
  readonly blockedWith = new Map<PersonId, Set<number>>();

  private readonly blocksOf = new Map<number, readonly PersonId[]>();
  /** Exceptions beyond the horizon of the day on which the calendar was written. */
  private readonly farDates = new Map<number, ReadonlyMap<DayNumber, boolean>>();
  private readonly tradeNumbers = new Map<string, number>();
  private readonly tradeNames: string[] = [];
  private readonly entry = new Int32Array(ENTRY_WORDS);
  private readonly entryFloats = new Float32Array(this.entry.buffer);
  /** The trade and block at which {@link settle} continues. */
  private settling = { trade: 0, block: 0 };

  constructor(
    readonly siblingsOf: SiblingsOf,
    public day: DayNumber,
    capacity: number,
  ) {
    this.people = new PersonSlots(capacity);
    this.records = new WorkerRecords(capacity);
    this.entries = new EntryPool(capacity * 2);
  }

  get bytes(): number {
    return this.people.bytes + this.records.bytes + this.entries.bytes + this.postings.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  tradeName(trade: number): string {
    return this.tradeNames[trade] as string;
  }

  /** Returns −1 for a trade that nobody has or had. */
  tradeNumber(name: string): number {
    return this.tradeNumbers.get(name) ?? -1;
  }

  upsert(document: WorkerDocument): void {
    if (!document.active || !document.adult || document.skills.length === 0) {
      this.remove(document.personId);
      return;
    }
    const slot = this.people.claim(document.personId);
    if (slot > LARGEST_SLOT) throw new RangeError('more workers than the index has slots for');
    const cell = rowOf(document.cell.latitude) * COLUMNS + columnOf(document.cell.longitude);
    const skills = document.skills.map(({ trade, level, years }) => packSkill(this.claimTrade(trade), level, years));
    const calendar = calendarOf(document.availability);
    const standing = standingOf(document);

    const isNew = this.records.skillCount(slot) === 0;
    this.dropPostings(slot, (trade) => this.records.cell(slot) !== cell || !skills.some((skill) => tradeOf(skill) === trade));
    this.records.write(slot, cell, calendar.weekly, standing, skills);
    this.writeSparse(slot, document, calendar);
    this.writeEntry(slot, document, calendar);
    const standingPart = standingMicro(standing, this.day);
    const head = this.entry[HEAD] as number;
    for (const skill of skills) {
      const trade = tradeOf(skill);
      const postings = this.postings[trade] as TradePostings;
      const block = postings.blockAt(cell, this.day);
      if (postings.day(block) !== this.day) this.turn(trade, block);
      const known = isNew ? -1 : postings.offsetOf(block, slot);
      const rivals = skills.filter((other) => other !== skill && this.areRelated(trade, tradeOf(other)));
      this.entry[RIVALS] = packRivals(rivals);
      this.entry[HEAD] = head | (rivals.length > PACKED_RIVALS ? 8 : 0) | levelOf(skill);
      this.entry[STANDING] = standingPart + levelMicro(levelOf(skill), yearsOf(skill));
      const offset = known === -1 ? postings.append(block) : known;
      this.entries.words.set(this.entry, offset);
    }
  }

  remove(personId: PersonId): void {
    const slot = this.people.slotOf(personId);
    if (slot === -1) return;
    this.dropPostings(slot, () => true);
    this.records.clear(slot);
    this.forgetSparse(slot);
    this.people.release(personId);
  }

  /** Brings a block to the current day: its standings, and the day that entered the horizon. */
  turn(trade: number, block: number): void {
    const { entries, records, day } = this;
    const postings = this.postings[trade] as TradePostings;
    const before = postings.day(block);
    const from = day - before >= HORIZON_DAYS ? day + FIRST_DAY : before + LAST_DAY + 1;
    const end = postings.end(block);
    for (let at = postings.start(block); at < end; at += ENTRY_WORDS) {
      const slot = (entries.words[at + HEAD] as number) >>> 8;
      const skill = records.skillOf(slot, trade);
      entries.words[at + STANDING] = standingMicro(records.standing(slot), day) + levelMicro(levelOf(skill), yearsOf(skill));
      const calendar = { weekly: records.weekly(slot), dated: this.farDates.get(slot) ?? NO_DATES };
      writeDays(entries.words, at + DAYS, calendar, from, day + LAST_DAY);
    }
    postings.turned(block, day);
  }

  /**
   * Brings blocks that no search has read to the current day, about `entries` at a time; returns false if there was
   * none.
   */
  settle(entries: number): boolean {
    const blocks = this.postings.reduce((sum, { count }) => sum + count, 0);
    let left = entries;
    for (let seen = 0; seen < blocks && left > 0; ) {
      const postings = this.postings[this.settling.trade];
      if (postings === undefined || this.settling.block >= postings.count) {
        this.settling = { trade: postings === undefined ? 0 : this.settling.trade + 1, block: 0 };
        continue;
      }
      seen += 1;
      const block = this.settling.block++;
      if (postings.day(block) === this.day) continue;
      this.turn(this.settling.trade, block);
      left -= Math.max(1, postings.entries(block));
    }
    return left < entries;
  }

  /** Lays out the entries in the order of trades and cells, in which they are read. */
  arrange(): void {
    this.entries.rearrange((before) => this.postings.forEach((postings) => postings.relocate(before)));
  }

  private claimTrade(name: string): number {
    const known = this.tradeNumbers.get(name);
    if (known !== undefined) return known;
    if (this.tradeNames.length === MOST_TRADES) throw new RangeError('more trades than the index can tell apart');
    this.tradeNumbers.set(name, this.tradeNames.length);
    this.postings.push(new TradePostings(this.entries));
    return this.tradeNames.push(name) - 1;
  }

  private dropPostings(slot: number, isGone: (trade: number) => boolean): void {
    for (let n = 0, count = this.records.skillCount(slot); n < count; n += 1) {
      const trade = tradeOf(this.records.skillAt(slot, n));
      if (!isGone(trade)) continue;
      const postings = this.postings[trade] as TradePostings;
      const block = postings.from(this.records.cell(slot));
      postings.removeAt(block, postings.offsetOf(block, slot));
    }
  }

  private writeEntry(slot: number, document: WorkerDocument, calendar: Calendar): void {
    const pending = Math.min(PENDING_CAP, document.pendingInvites);
    this.entry[HEAD] = (slot << 8) | (pending << 5) | (this.freeToday.has(slot) ? 16 : 0);
    this.entryFloats.set(onSphere(document.cell), X);
    this.entry[FLOOR] = Math.min(MOST_MINOR_UNITS, floorInSteps(document.floorPay, document.askPay));
    this.entry[ASK] = Math.min(MOST_MINOR_UNITS, document.askPay);
    writeDays(this.entry, DAYS, calendar, this.day + FIRST_DAY, this.day + LAST_DAY);
    const languages = document.languages.reduce((bits, code) => bits | languageBit(code), 0);
    const preferred = document.preferredDays ? preferenceInSteps(document.preferredDays) : 0;
    this.entry[TERMS] = (languages << 15) | (Math.min(511, document.travelRadiusKm) << 6) | preferred;
  }

  /** Whether a search for some trade could find a worker through both skills. Siblings are symmetric. */
  private areRelated(one: number, other: number): boolean {
    const name = this.tradeName(other);
    const siblings = this.siblingsOf(this.tradeName(one));
    return siblings.includes(name) || siblings.some((sibling) => this.siblingsOf(sibling).includes(name));
  }

  private writeSparse(slot: number, document: WorkerDocument, calendar: Calendar): void {
    this.forgetSparse(slot);
    if (document.blocks.length > 0) this.blocksOf.set(slot, document.blocks);
    for (const other of document.blocks) {
      const slots = this.blockedWith.get(other) ?? new Set();
      this.blockedWith.set(other, slots.add(slot));
    }
    // The index's day begins up to a day before midnight in UTC.
    if (calendar.freeUntil * 1000 > (this.day - 1) * DAY_MS) this.freeToday.set(slot, calendar);
    const far = [...calendar.dated].filter(([day]) => day > this.day + LAST_DAY);
    if (far.length > 0) this.farDates.set(slot, new Map(far));
  }

  private forgetSparse(slot: number): void {
    for (const other of this.blocksOf.get(slot) ?? []) {
      const slots = this.blockedWith.get(other);
      slots?.delete(slot);
      if (slots?.size === 0) this.blockedWith.delete(other);
    }
    this.blocksOf.delete(slot);
    this.freeToday.delete(slot);
    this.farDates.delete(slot);
  }
}
