import { FULL_EXPERIENCE_YEARS, type Standing } from './score.rules';

const WORDS = 15;
const STARS = 0;
const REVIEWS = 1;
const ANSWERED = 2;
const INVITES = 3;
const STATS_DAY = 4;
const CALENDAR = 5;
const JOINED = 6;
const KEPT = 7; // shows << 16 | commitments
const SMALL = 8; // late cancels << 16 | verifications << 8 | weekly rule
const CELL = 9;
const SKILLS = 10; // how many; 0: nobody is in the slot
const FIRST_SKILL = 11;
const INLINE_SKILLS = 4;

/** Packs a skill into one word: trade << 9 | level << 6 | years. */
export function packSkill(trade: number, level: number, years: number): number {
  return (trade << 9) | (level << 6) | Math.min(63, years);
}
export const tradeOf = (skill: number): number => skill >>> 9;
export const levelOf = (skill: number): number => (skill >>> 6) & 7;
export const yearsOf = (skill: number): number => skill & 63;

/** Two packed skills fit into an entry: trade << 7 | level << 4 | years, which count up to {@link FULL_EXPERIENCE_YEARS}. */
export const PACKED_RIVALS = 2;
export function packRivals(skills: readonly number[]): number {
  const [first = 0, second = 0] = skills.map(
    (skill) => (tradeOf(skill) << 7) | (levelOf(skill) << 4) | Math.min(FULL_EXPERIENCE_YEARS, yearsOf(skill)),
  );
  return (second << 15) | first;
}

/**
 * The data of workers that a search doesn't read: the numbers behind the standing, for the change of the day and for
 * the parts of an answer.
 */
export class WorkerRecords {
  private ints: Int32Array;
  private floats: Float32Array;
  private readonly moreSkills = new Map<number, readonly number[]>();

  constructor(capacity: number) {
    this.ints = new Int32Array(Math.max(64, capacity) * WORDS);
    this.floats = new Float32Array(this.ints.buffer);
  }

  get bytes(): number {
    return this.ints.byteLength;
  }

  write(slot: number, cell: number, weekly: number, standing: Standing, skills: readonly number[]): void {
    const at = slot * WORDS;
    if (at >= this.ints.length) {
      const larger = new Int32Array(this.ints.length * 2);
      larger.set(this.ints);
      this.ints = larger;
      this.floats = new Float32Array(larger.buffer);
    }
    this.floats[at + STARS] = standing.reviewStars;
    this.floats[at + REVIEWS] = standing.reviews;
    this.floats[at + ANSWERED] = standing.answeredInTime;
    this.floats[at + INVITES] = standing.invites;
    this.ints[at + STATS_DAY] = standing.statsDay;
    this.ints[at + CALENDAR] = standing.calendarUpdated;
    this.ints[at + JOINED] = standing.joinedDay;
    this.ints[at + KEPT] = (standing.shows << 16) | standing.commitments;
    this.ints[at + SMALL] = (standing.lateCancels << 16) | (standing.verifications << 8) | weekly;
    this.ints[at + CELL] = cell;
    this.ints[at + SKILLS] = skills.length;
    for (let n = 0; n < Math.min(INLINE_SKILLS, skills.length); n += 1) this.ints[at + FIRST_SKILL + n] = skills[n] as number;
    if (skills.length > INLINE_SKILLS) this.moreSkills.set(slot, skills.slice(INLINE_SKILLS));
    else this.moreSkills.delete(slot);
  }

  clear(slot: number): void {
    this.ints[slot * WORDS + SKILLS] = 0;
    this.moreSkills.delete(slot);
  }

  standing(slot: number): Standing {
    const at = slot * WORDS;
    const kept = this.ints[at + KEPT] as number;
    const small = this.ints[at + SMALL] as number;
    return {
      reviewStars: this.floats[at + STARS] as number,
      reviews: this.floats[at + REVIEWS] as number,
      answeredInTime: this.floats[at + ANSWERED] as number,
      invites: this.floats[at + INVITES] as number,
      statsDay: this.ints[at + STATS_DAY] as number,
      commitments: kept & 0xffff,
      shows: kept >>> 16,
      lateCancels: small >>> 16,
      verifications: (small >>> 8) & 0xff,
      calendarUpdated: (this.ints[at + CALENDAR] as number) >>> 0,
      joinedDay: this.ints[at + JOINED] as number,
    };
  }

  cell(slot: number): number {
    return this.ints[slot * WORDS + CELL] as number;
  }

  weekly(slot: number): number {
    return (this.ints[slot * WORDS + SMALL] as number) & 0x7f;
  }

  /** Returns 0 for a slot that is not in use. */
  skillCount(slot: number): number {
    return this.ints[slot * WORDS + SKILLS] ?? 0;
  }

  skillAt(slot: number, n: number): number {
    if (n < INLINE_SKILLS) return this.ints[slot * WORDS + FIRST_SKILL + n] as number;
    return this.moreSkills.get(slot)?.[n - INLINE_SKILLS] as number;
  }

  /** The packed skill in the trade, −1 if the worker lacks it. */
  skillOf(slot: number, trade: number): number {
    for (let n = 0, count = this.skillCount(slot); n < count; n += 1) {
      const skill = this.skillAt(slot, n);
      if (tradeOf(skill) === trade) return skill;
    }
    return -1;
  }
}
