/**
 * Lets those who want the same thing in this process go one after the other, in the order in which they came. Where a
 * row's lock would make them wait anyway, they wait here without holding a connection of the database's pool: many who
 * want one row then take nothing from those who want another. The lock stays what makes it right.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  async takeTurn<R>(key: string, work: () => Promise<R>): Promise<R> {
    const before = this.last.get(key);
    let end: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (end = resolve));
    this.last.set(key, mine);
    try {
      await before;
      return await work();
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
      end();
    }
  }

  /** The number of keys for which somebody has or waits for a turn. */
  get size(): number {
    return this.last.size;
  }
}
