import type { PersonId } from '@muster/contracts/kernel/ids';
import { language } from '@muster/contracts/user/views';
import { calendarOf, FIRST_DAY, HORIZON_DAYS, LAST_DAY, writeDays, type Calendar } from './availability.rules';
import { DAY_MS, type DayNumber } from './civil-day.rules';
import { onSphere } from './distance.rules';
import { PENDING_CAP, type SiblingsOf } from './match.rules';
import { PersonSlots } from './person-slots';
import {
  ASK, columnOf, COLUMNS, DAYS, ENTRY_WORDS, FLOOR, HEAD, LARGEST_SLOT, MOST_TRADES, Postings, rowOf, STANDING, TERMS, X,
} from './postings';
import { levelMicro, standingMicro, standingOf } from './score.rules';
import { levelOf, packSkill, tradeOf, WorkerRecords, yearsOf } from './worker-records';
import type { Language, WorkerDocument } from './worker-document';

const NO_DATES: ReadonlyMap<DayNumber, boolean> = new Map();
const languageBits = new Map(language.options.map((code, bit) => [code, 1 << bit]));
const MOST_MINOR_UNITS = 0x7fffffff;

export function languageBit(code: Language): number {
  return languageBits.get(code) ?? 0;
}

/** Everything the index holds, and how it changes; what it answers is worker-index's. */
export class WorkerStore {
  readonly people: PersonSlots;
  readonly records: WorkerRecords;
  readonly postings: Postings;
  /** Calendars of those who are "free today". */
  readonly freeToday = new Map<number, Calendar>();
  /** Slots of those who blocked a person, or whom the person blocked. */
  readonly blockedWith = new Map<PersonId, Set<number>>();

  private readonly blocksOf = new Map<number, readonly PersonId[]>();
  /** Dated days beyond the horizon as it was when the calendar was written. */
  private readonly farDates = new Map<number, ReadonlyMap<DayNumber, boolean>>();
  private readonly tradeNumbers = new Map<string, number>();
  private readonly tradeNames: string[] = [];
  private readonly entry = new Int32Array(ENTRY_WORDS);
  private readonly entryFloats = new Float32Array(this.entry.buffer);
  private settled = 0;

  constructor(
    readonly siblingsOf: SiblingsOf,
    public day: DayNumber,
    capacity: number,
  ) {
    this.people = new PersonSlots(capacity);
    this.records = new WorkerRecords(capacity);
    this.postings = new Postings(capacity * 2);
  }

  get bytes(): number {
    return this.people.bytes + this.records.bytes + this.postings.bytes;
  }

  tradeName(trade: number): string {
    return this.tradeNames[trade] as string;
  }

  /** −1 for a trade that nobody has or had. */
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

    this.dropPostings(slot, (trade) => this.records.cell(slot) !== cell || !skills.some((skill) => tradeOf(skill) === trade));
    this.records.write(slot, cell, calendar.weekly, standing, skills);
    this.writeSparse(slot, document, calendar);
    this.writeEntry(slot, document, calendar, skills);
    const standingPart = standingMicro(standing, this.day);
    const head = this.entry[HEAD] as number;
    for (const skill of skills) {
      const block = this.postings.findOrMake(tradeOf(skill), cell, this.day);
      if (this.postings.days[block] !== this.day) this.turn(block);
      const known = this.postings.offsetOf(block, slot);
      this.entry[HEAD] = head | levelOf(skill);
      this.entry[STANDING] = standingPart + levelMicro(levelOf(skill), yearsOf(skill));
      const offset = known === -1 ? this.postings.append(block) : known;
      this.postings.words.set(this.entry, offset);
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

  /** Brings a block to the present day: its standings, and the day that came into the horizon. */
  turn(block: number): void {
    const { postings, records, day } = this;
    const before = postings.days[block] as number;
    const from = day - before >= HORIZON_DAYS ? day + FIRST_DAY : before + LAST_DAY + 1;
    const start = (postings.starts[block] as number) * ENTRY_WORDS;
    const end = start + (postings.counts[block] as number) * ENTRY_WORDS;
    for (let at = start; at < end; at += ENTRY_WORDS) {
      const slot = (postings.words[at + HEAD] as number) >>> 8;
      const skill = records.skillOf(slot, postings.trades[block] as number);
      postings.words[at + STANDING] = standingMicro(records.standing(slot), day) + levelMicro(levelOf(skill), yearsOf(skill));
      const calendar = { weekly: records.weekly(slot), dated: this.farDates.get(slot) ?? NO_DATES };
      writeDays(postings.words, at + DAYS, calendar, from, day + LAST_DAY);
    }
    postings.days[block] = day;
  }

  /** Turns blocks that no search has asked for, `entries` or a few more at a time; false when none is left. */
  settle(entries: number): boolean {
    const { postings } = this;
    for (let left = entries, seen = 0; left > 0; seen += 1) {
      if (seen === postings.blocks) return false;
      this.settled = this.settled + 1 < postings.blocks ? this.settled + 1 : 0;
      if (postings.days[this.settled] === this.day) continue;
      this.turn(this.settled);
      left -= Math.max(1, postings.counts[this.settled] as number);
    }
    return true;
  }

  private claimTrade(name: string): number {
    const known = this.tradeNumbers.get(name);
    if (known !== undefined) return known;
    if (this.tradeNames.length > MOST_TRADES) throw new RangeError('more trades than the index can tell apart');
    this.tradeNumbers.set(name, this.tradeNames.length);
    return this.tradeNames.push(name) - 1;
  }

  private dropPostings(slot: number, isGone: (trade: number) => boolean): void {
    for (let n = 0, count = this.records.skillCount(slot); n < count; n += 1) {
      const trade = tradeOf(this.records.skillAt(slot, n));
      if (!isGone(trade)) continue;
      const block = this.postings.find(trade, this.records.cell(slot));
      this.postings.removeAt(block, this.postings.offsetOf(block, slot));
    }
  }

  private writeEntry(slot: number, document: WorkerDocument, calendar: Calendar, skills: readonly number[]): void {
    const pending = Math.min(PENDING_CAP, document.pendingInvites);
    const isRelated = skills.some((one, n) => skills.slice(n + 1).some((other) => this.areRelated(tradeOf(one), tradeOf(other))));
    this.entry[HEAD] = (slot << 8) | (pending << 5) | (this.freeToday.has(slot) ? 16 : 0) | (isRelated ? 8 : 0);
    this.entryFloats.set(onSphere(document.cell), X);
    this.entry[FLOOR] = Math.min(MOST_MINOR_UNITS, document.floorPay);
    this.entry[ASK] = Math.min(MOST_MINOR_UNITS, document.askPay);
    writeDays(this.entry, DAYS, calendar, this.day + FIRST_DAY, this.day + LAST_DAY);
    const languages = document.languages.reduce((bits, code) => bits | languageBit(code), 0);
    const preferred = Math.min(63, document.preferredDays ?? 0);
    this.entry[TERMS] = (languages << 15) | (Math.min(511, document.travelRadiusKm) << 6) | preferred;
  }

  /** Whether a search for some trade could come upon a worker through both. Siblings are symmetric. */
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
    if (calendar.freeUntil * 1000 > this.day * DAY_MS) this.freeToday.set(slot, calendar);
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
