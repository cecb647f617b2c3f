import { capacityOf, ENTRY_WORDS, type EntryPool } from './entry-pool';

/** Cells of a tenth of a degree, about 11 km. */
const PER_DEGREE = 10;
export const ROWS = 180 * PER_DEGREE;
export const COLUMNS = 360 * PER_DEGREE;

export function rowOf(latitude: number): number {
  return Math.min(ROWS - 1, Math.max(0, Math.floor((latitude + 90) * PER_DEGREE)));
}

export function columnOf(longitude: number): number {
  return ((Math.floor((longitude + 180) * PER_DEGREE) % COLUMNS) + COLUMNS) % COLUMNS;
}

/** Degrees of latitude at which a row begins. */
export function latitudeOf(row: number): number {
  return row / PER_DEGREE - 90;
}

const WORDS = 4;
const START = 0; // offset of the first entry
const COUNT = 1;
const DAY = 2; // the index's day that the entries are of
const SIZE = 3;

/**
 * The workers of one trade by cell: a block of entries per cell, in the order of cells, so that neighbouring cells of a
 * row are neighbours in memory. A block is identified by its position, which is valid until a cell is added.
 */
export class TradePostings {
  cells = new Int32Array(16);
  count = 0;
  private directory = new Int32Array(16 * WORDS);

  constructor(private readonly pool: EntryPool) {}

  get bytes(): number {
    return this.cells.byteLength + this.directory.byteLength;
  }

  /** The first block at or after the cell. */
  from(cell: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.cells[middle] as number) < cell) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  start(block: number): number {
    return this.directory[block * WORDS + START] as number;
  }

  /** The offset behind the block's last entry. */
  end(block: number): number {
    return this.start(block) + this.entries(block) * ENTRY_WORDS;
  }

  entries(block: number): number {
    return this.directory[block * WORDS + COUNT] as number;
  }

  day(block: number): number {
    return this.directory[block * WORDS + DAY] as number;
  }

  turned(block: number, day: number): void {
    this.directory[block * WORDS + DAY] = day;
  }

  /** @param day the day of a block that is new or empty */
  blockAt(cell: number, day: number): number {
    const block = this.from(cell);
    if (block === this.count || this.cells[block] !== cell) this.insert(block, cell);
    if (this.entries(block) === 0) this.turned(block, day);
    return block;
  }

  /** The offset of the worker's entry in the block, −1 if there is none. */
  offsetOf(block: number, slot: number): number {
    const end = this.end(block);
    for (let at = this.start(block); at < end; at += ENTRY_WORDS) {
      if ((this.pool.words[at] as number) >>> 8 === slot) return at;
    }
    return -1;
  }

  /** Makes space for one more entry at the end of the block, moving a full block, and returns its offset. */
  append(block: number): number {
    const at = block * WORDS;
    const count = this.entries(block);
    const size = this.directory[at + SIZE] as number;
    if (count === capacityOf(size)) {
      const start = this.pool.take(size + 1);
      const old = this.start(block);
      this.pool.words.copyWithin(start, old, old + count * ENTRY_WORDS);
      this.pool.give(size, old);
      this.directory[at + START] = start;
      this.directory[at + SIZE] = size + 1;
    }
    this.directory[at + COUNT] = count + 1;
    return this.start(block) + count * ENTRY_WORDS;
  }

  removeAt(block: number, offset: number): void {
    const at = block * WORDS;
    const last = this.end(block) - ENTRY_WORDS;
    if (offset !== last) this.pool.words.copyWithin(offset, last, last + ENTRY_WORDS);
    this.directory[at + COUNT] = this.entries(block) - 1;
    if (this.entries(block) > 0) return;
    this.pool.give(this.directory[at + SIZE] as number, this.start(block));
    this.directory[at + SIZE] = 0;
  }

  /** Allocates new space for every block, in order, and copies its entries from `before`. */
  relocate(before: Int32Array): void {
    for (let block = 0; block < this.count; block += 1) {
      const old = this.start(block);
      const end = this.end(block);
      const start = this.pool.take(this.directory[block * WORDS + SIZE] as number);
      this.pool.words.set(before.subarray(old, end), start);
      this.directory[block * WORDS + START] = start;
    }
  }

  private insert(block: number, cell: number): void {
    if (this.count === this.cells.length) {
      this.cells = longer(this.cells);
      this.directory = longer(this.directory);
    }
    this.cells.copyWithin(block + 1, block, this.count);
    this.directory.copyWithin((block + 1) * WORDS, block * WORDS, this.count * WORDS);
    this.cells[block] = cell;
    this.directory.fill(0, block * WORDS, (block + 1) * WORDS);
    this.count += 1;
  }
}

function longer(words: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(words.length * 2);
  larger.set(words);
  return larger;
}
