/**
 * Words of an entry. An entry repeats what a search reads of a worker in one trade, so that a block of entries is read
 * sequentially: a worker with two skills takes two entries, but no search has to jump in memory.
 */
export const ENTRY_WORDS = 13;
export const HEAD = 0; // slot << 8 | pending << 5 | free today << 4 | many rivals << 3 | level
export const STANDING = 1; // the parts of the score that don't depend on the question, the level's included
export const X = 2; // X, Y, Z in single precision
export const FLOOR = 5;
export const ASK = 6;
export const DAYS = 7; // four words: the ring of days
export const TERMS = 11; // languages << 15 | travel radius << 6 | preferred days
export const RIVALS = 12; // two skills of 15 bits each through which a search might find the same worker; 0 if none

export const LARGEST_SLOT = 0xffffff;

/** A pool for the entries of all blocks. Space is allocated in a few sizes, so that released space fits again. */
export class EntryPool {
  words: Int32Array;
  floats: Float32Array;
  private gaps: number[][] = [];
  private end = 0;

  constructor(entries: number) {
    this.words = new Int32Array(Math.max(64, entries) * ENTRY_WORDS);
    this.floats = new Float32Array(this.words.buffer);
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  /** Returns the offset of space for {@link capacityOf} entries. */
  take(size: number): number {
    const gap = this.gaps[size]?.pop();
    if (gap !== undefined) return gap;
    const start = this.end;
    this.end += capacityOf(size) * ENTRY_WORDS;
    if (this.end > this.words.length) this.replace(Math.max(this.end, Math.ceil(this.words.length * 1.5)));
    return start;
  }

  give(size: number, start: number): void {
    if (size > 0) (this.gaps[size] ??= []).push(start);
  }

  /** Lays out all entries again. `move` is called once and takes space for everything in the order in which it is read. */
  rearrange(move: (before: Int32Array) => void): void {
    const before = this.words;
    this.gaps = [];
    this.end = 0;
    this.words = new Int32Array(before.length);
    this.floats = new Float32Array(this.words.buffer);
    move(before);
  }

  private replace(length: number): void {
    const larger = new Int32Array(length);
    larger.set(this.words);
    this.words = larger;
    this.floats = new Float32Array(larger.buffer);
  }
}

/** The number of entries of a size class: 0, 1, 2, 3, 4, 6, 8, 12, 16, 24 … */
export function capacityOf(size: number): number {
  if (size < 4) return size;
  return size % 2 === 0 ? 2 ** (size / 2) : 3 * 2 ** ((size - 3) / 2);
}
