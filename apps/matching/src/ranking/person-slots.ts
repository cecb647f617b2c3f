import type { PersonId } from '@muster/contracts/kernel/ids';

const NONE = -1;
const hexOf = Uint8Array.from({ length: 128 }, (_, code) => parseInt(String.fromCharCode(code), 16) || 0);
const digits = Buffer.from('0123456789abcdef', 'latin1');
// The spans of a UUID between its hyphens; eight digits fill a word.
const wordStarts = [[0, 8], [9, 13, 14, 18], [19, 23, 24, 28], [28, 36]] as const;

/** Maps person ids to the dense slots of the index: 16 bytes per id in an open-addressed table, without strings. */
export class PersonSlots {
  private words: Uint32Array;
  private table: Int32Array;
  private readonly free: number[] = [];
  private used = 0;
  private count = 0;
  private readonly parsed = new Uint32Array(4);
  private readonly text = Buffer.alloc(36, '-', 'latin1');

  constructor(capacity: number) {
    this.words = new Uint32Array(capacity * 4);
    this.table = new Int32Array(tableSize(capacity)).fill(NONE);
  }

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.words.byteLength + this.table.byteLength;
  }

  /** Returns −1 if the person has no slot. */
  slotOf(personId: PersonId): number {
    this.parse(personId);
    return this.table[this.find()] as number;
  }

  /** Returns the person's slot, or a new one, which is at most the number of slots handed out so far. */
  claim(personId: PersonId): number {
    this.parse(personId);
    let at = this.find();
    const known = this.table[at] as number;
    if (known !== NONE) return known;
    if ((this.count + 1) * 5 > this.table.length * 3) {
      this.rehash(this.table.length * 2);
      at = this.find();
    }
    const slot = this.free.pop() ?? this.used++;
    if (slot * 4 >= this.words.length) {
      const larger = new Uint32Array(Math.max(64, this.words.length * 2));
      larger.set(this.words);
      this.words = larger;
    }
    this.words.set(this.parsed, slot * 4);
    this.table[at] = slot;
    this.count += 1;
    return slot;
  }

  release(personId: PersonId): void {
    this.parse(personId);
    let hole = this.find();
    const slot = this.table[hole] as number;
    if (slot === NONE) return;
    this.free.push(slot);
    this.count -= 1;
    // Closes the gap: entries that were displaced past it move back, so that no tombstones build up.
    const mask = this.table.length - 1;
    this.table[hole] = NONE;
    for (let at = (hole + 1) & mask; this.table[at] !== NONE; at = (at + 1) & mask) {
      const home = this.homeOf(this.table[at] as number);
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        this.table[hole] = this.table[at] as number;
        this.table[at] = NONE;
        hole = at;
      }
    }
  }

  /** Negative if the person at `a` comes first in the order of ids. */
  compare(a: number, b: number): number {
    for (let word = 0; word < 4; word += 1) {
      const difference = (this.words[a * 4 + word] as number) - (this.words[b * 4 + word] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  personAt(slot: number): PersonId {
    let at = 0;
    for (let word = 0; word < 4; word += 1) {
      const value = this.words[slot * 4 + word] as number;
      for (let shift = 28; shift >= 0; shift -= 4) {
        if (at === 8 || at === 13 || at === 18 || at === 23) at += 1;
        this.text[at] = digits[(value >>> shift) & 15] as number;
        at += 1;
      }
    }
    return this.text.toString('latin1') as PersonId;
  }

  private parse(personId: string): void {
    for (let word = 0; word < 4; word += 1) {
      const spans = wordStarts[word] as readonly number[];
      let value = 0;
      for (let span = 0; span < spans.length; span += 2) {
        for (let at = spans[span] as number; at < (spans[span + 1] as number); at += 1) {
          value = (value << 4) | (hexOf[personId.charCodeAt(at) & 127] as number);
        }
      }
      this.parsed[word] = value;
    }
  }

  /** The position of the parsed id in the table, or the empty position where it would be. */
  private find(): number {
    const mask = this.table.length - 1;
    const { parsed, table, words } = this;
    let at = hash(parsed[2] as number, parsed[3] as number) & mask;
    for (let slot = table[at] as number; slot !== NONE; slot = table[at] as number) {
      const from = slot * 4;
      if (words[from + 3] === parsed[3] && words[from + 2] === parsed[2] && words[from + 1] === parsed[1] && words[from] === parsed[0]) break;
      at = (at + 1) & mask;
    }
    return at;
  }

  private homeOf(slot: number): number {
    return hash(this.words[slot * 4 + 2] as number, this.words[slot * 4 + 3] as number) & (this.table.length - 1);
  }

  private rehash(size: number): void {
    const old = this.table;
    this.table = new Int32Array(size).fill(NONE);
    for (const slot of old) {
      if (slot === NONE) continue;
      let at = this.homeOf(slot);
      while (this.table[at] !== NONE) at = (at + 1) & (size - 1);
      this.table[at] = slot;
    }
  }
}

function hash(a: number, b: number): number {
  const mixed = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function tableSize(capacity: number): number {
  let size = 64;
  while (size * 3 < capacity * 5) size *= 2;
  return size;
}
