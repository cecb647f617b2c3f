/** Keeps the best `limit` of any number of candidates, in a heap whose root is the worst of them. */
export class TopMatches {
  readonly totals = new Int32Array(100);
  readonly slots = new Int32Array(100);
  readonly offsets = new Int32Array(100);
  readonly trades = new Int32Array(100);
  readonly bands = new Int32Array(100);
  count = 0;
  private limit = 0;

  /** @param comesFirst negative if the person in slot a comes before the one in b */
  constructor(private readonly comesFirst: (a: number, b: number) => number) {}

  reset(limit: number): void {
    this.limit = limit;
    this.count = 0;
  }

  /** The total that a candidate has to reach. */
  get threshold(): number {
    return this.count < this.limit ? -0x80000000 : (this.totals[0] as number);
  }

  offer(total: number, slot: number, offset: number, trade: number, band: number): void {
    if (this.count < this.limit) {
      this.put(this.count, total, slot, offset, trade, band);
      this.count += 1;
      this.rise(this.count - 1);
      return;
    }
    const worst = this.totals[0] as number;
    if (total < worst || (total === worst && this.comesFirst(slot, this.slots[0] as number) > 0)) return;
    this.put(0, total, slot, offset, trade, band);
    this.sink(0);
  }

  /** Returns positions in the heap, best first. */
  ranked(): number[] {
    return Array.from({ length: this.count }, (_, at) => at).sort((a, b) => (this.isWorse(a, b) ? 1 : -1));
  }

  private put(at: number, total: number, slot: number, offset: number, trade: number, band: number): void {
    this.totals[at] = total;
    this.slots[at] = slot;
    this.offsets[at] = offset;
    this.trades[at] = trade;
    this.bands[at] = band;
  }

  private isWorse(a: number, b: number): boolean {
    const difference = (this.totals[a] as number) - (this.totals[b] as number);
    return difference !== 0 ? difference < 0 : this.comesFirst(this.slots[a] as number, this.slots[b] as number) > 0;
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >>> 1;
      if (!this.isWorse(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    for (let at = from; ; ) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < this.count && this.isWorse(child, worst)) worst = child;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private swap(a: number, b: number): void {
    for (const column of [this.totals, this.slots, this.offsets, this.trades, this.bands]) {
      const kept = column[a] as number;
      column[a] = column[b] as number;
      column[b] = kept;
    }
  }
}
