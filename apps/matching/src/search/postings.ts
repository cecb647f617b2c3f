/**
 * Who has a trade in a cell: one block of entries per pair, all blocks in one pool. An entry repeats what a search reads
 * of a worker, so that a block is read front to back: a worker with two skills costs two entries and no search a jump.
 */
export const ENTRY_WORDS = 12;
export const HEAD = 0; // slot << 8 | pending << 5 | free today << 4 | related << 3 | level
export const STANDING = 1; // the parts that don't depend on the question, the level's included
export const X = 2; // X, Y, Z in single precision
export const FLOOR = 5;
export const ASK = 6;
export const DAYS = 7; // four words: the ring of days
export const TERMS = 11; // languages << 15 | travel radius << 6 | preferred days

export const LARGEST_SLOT = 0xffffff;
export const MOST_TRADES = 255;

/** Cells of a tenth of a degree, about 11 km. */
const PER_DEGREE = 10;
export const ROWS = 180 * PER_DEGREE;
export const COLUMNS = 360 * PER_DEGREE;
const CELLS = ROWS * COLUMNS;

export function rowOf(latitude: number): number {
  return Math.min(ROWS - 1, Math.max(0, Math.floor((latitude + 90) * PER_DEGREE)));
}

export function columnOf(longitude: number): number {
  return ((Math.floor((longitude + 180) * PER_DEGREE) % COLUMNS) + COLUMNS) % COLUMNS;
}

const EMPTY = -1;
const NO_BLOCK = -1;

export class Postings {
  words: Int32Array;
  floats: Float32Array;
  /** Of each block: its first entry, how many it has, the UTC day its entries are of, its trade. */
  starts = new Int32Array(1024);
  counts = new Int32Array(1024);
  days = new Int32Array(1024);
  blocks = 0;

  trades = new Uint8Array(1024);

  private sizes = new Uint8Array(1024);
  private keys = new Int32Array(2048).fill(EMPTY);
  private values = new Int32Array(2048);
  private readonly occupied = new Uint8Array(CELLS / 8);
  private readonly gaps: number[][] = [];
  private end = 0;

  constructor(entries: number) {
    this.words = new Int32Array(Math.max(64, entries) * ENTRY_WORDS);
    this.floats = new Float32Array(this.words.buffer);
  }

  get bytes(): number {
    const directory = this.starts.byteLength + this.counts.byteLength + this.days.byteLength + this.sizes.byteLength * 2;
    return this.words.byteLength + directory + this.keys.byteLength * 2 + this.occupied.byteLength;
  }

  /** Whether anybody was ever in the cell: most of the map is empty, and this is cheaper than asking per trade. */
  isOccupied(cell: number): boolean {
    return ((this.occupied[cell >>> 3] as number) & (1 << (cell & 7))) !== 0;
  }

  /** −1 where there is none. */
  find(trade: number, cell: number): number {
    const at = this.locate(trade * CELLS + cell);
    return this.keys[at] === EMPTY ? NO_BLOCK : (this.values[at] as number);
  }

  /** @param day of a block that is made or empty */
  findOrMake(trade: number, cell: number, day: number): number {
    const key = trade * CELLS + cell;
    let at = this.locate(key);
    if (this.keys[at] === EMPTY) {
      if ((this.blocks + 1) * 5 > this.keys.length * 3) {
        this.rehash();
        at = this.locate(key);
      }
      if (this.blocks === this.starts.length) this.growDirectory();
      this.keys[at] = key;
      this.values[at] = this.blocks;
      this.days[this.blocks] = day;
      this.trades[this.blocks] = trade;
      this.occupied[cell >>> 3] = (this.occupied[cell >>> 3] as number) | (1 << (cell & 7));
      this.blocks += 1;
    }
    const block = this.values[at] as number;
    if (this.counts[block] === 0) this.days[block] = day;
    return block;
  }

  /** Offset of the worker's words in the block, −1 if not there. */
  offsetOf(block: number, slot: number): number {
    const from = (this.starts[block] as number) * ENTRY_WORDS;
    const to = from + (this.counts[block] as number) * ENTRY_WORDS;
    for (let at = from; at < to; at += ENTRY_WORDS) if ((this.words[at] as number) >>> 8 === slot) return at;
    return -1;
  }

  /** Room for one more at the end of the block; the offset of its words. Moves the block where it is full. */
  append(block: number): number {
    const count = this.counts[block] as number;
    const size = this.sizes[block] as number;
    if (count === capacityOf(size)) {
      const start = this.take(size + 1);
      const old = this.starts[block] as number;
      this.words.copyWithin(start * ENTRY_WORDS, old * ENTRY_WORDS, (old + count) * ENTRY_WORDS);
      if (size > 0) this.give(size, old);
      this.starts[block] = start;
      this.sizes[block] = size + 1;
    }
    this.counts[block] = count + 1;
    return ((this.starts[block] as number) + count) * ENTRY_WORDS;
  }

  removeAt(block: number, offset: number): void {
    const count = (this.counts[block] as number) - 1;
    const start = this.starts[block] as number;
    const last = (start + count) * ENTRY_WORDS;
    if (offset !== last) this.words.copyWithin(offset, last, last + ENTRY_WORDS);
    this.counts[block] = count;
    if (count > 0) return;
    this.give(this.sizes[block] as number, start);
    this.sizes[block] = 0;
  }

  private take(size: number): number {
    const gap = this.gaps[size]?.pop();
    if (gap !== undefined) return gap;
    const start = this.end;
    this.end += capacityOf(size);
    if (this.end * ENTRY_WORDS > this.words.length) {
      const larger = new Int32Array(Math.ceil(Math.max(this.end * ENTRY_WORDS, this.words.length * 1.5) / ENTRY_WORDS) * ENTRY_WORDS);
      larger.set(this.words);
      this.words = larger;
      this.floats = new Float32Array(larger.buffer);
    }
    return start;
  }

  private give(size: number, start: number): void {
    (this.gaps[size] ??= []).push(start);
  }

  private locate(key: number): number {
    const mask = this.keys.length - 1;
    let at = Math.imul(key, 0x9e3779b1);
    at = (at ^ (at >>> 15)) & mask;
    for (let found = this.keys[at]; found !== EMPTY && found !== key; found = this.keys[at]) at = (at + 1) & mask;
    return at;
  }

  private rehash(): void {
    const { keys, values } = this;
    this.keys = new Int32Array(keys.length * 2).fill(EMPTY);
    this.values = new Int32Array(keys.length * 2);
    keys.forEach((key, from) => {
      if (key === EMPTY) return;
      const at = this.locate(key);
      this.keys[at] = key;
      this.values[at] = values[from] as number;
    });
  }

  private growDirectory(): void {
    const length = this.starts.length * 2;
    for (const name of ['starts', 'counts', 'days'] as const) {
      const larger = new Int32Array(length);
      larger.set(this[name]);
      this[name] = larger;
    }
    for (const name of ['sizes', 'trades'] as const) {
      const larger = new Uint8Array(length);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}

/** Entries of a size class: 0, 1, 2, 3, 4, 6, 8, 12, 16, 24 … */
function capacityOf(size: number): number {
  if (size < 4) return size;
  return size % 2 === 0 ? 2 ** (size / 2) : 3 * 2 ** ((size - 3) / 2);
}
