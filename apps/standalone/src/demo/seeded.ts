/** A small seeded random generator (mulberry32), which gives the same numbers in each run. Not for secrets. */
export class Seeded {
  constructor(private state: number) {}

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.whole(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Makes a UUIDv7 of a fixed moment, so that a market added twice has the same people. */
  id(): string {
    const hex = (digits: number): string => Array.from({ length: digits }, () => this.whole(0, 15).toString(16)).join('');
    return `019a0000-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  }
}

/** Draws from `items` in proportion to `weightOf`. */
export function weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): (seeded: Seeded) => Item {
  const sums: number[] = [];
  let total = 0;
  for (const item of items) sums.push((total += weightOf(item)));
  return (seeded) => {
    const drawn = seeded.next() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return items[low] as Item;
  };
}
