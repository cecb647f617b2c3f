import type { CounterStore, SetCount, WindowCount } from './counter-store';

/** Keys are chosen by strangers (networks), hence the bound. */
const MOST_KEYS = 100_000;
/** Each holds up to some hundred ids. */
const MOST_SETS = 5_000;

/** Counts of this replica alone. */
export class MemoryCounters implements CounterStore {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();
  private readonly sets = new Map<string, { members: Set<string>; endsAt: number }>();
  private sweptAt = 0;

  /** @param now whole milliseconds: with fractions, the end of a window less its start is at times more than its length */
  constructor(private readonly now: () => number = () => Math.trunc(performance.now())) {}

  countHit(key: string, windowMs: number): WindowCount {
    const now = this.now();
    let window = this.windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      this.makeRoom(now);
      window = { count: 0, endsAt: now + windowMs };
      this.windows.delete(key);
      this.windows.set(key, window);
    }
    window.count += 1;
    return { count: window.count, resetMs: window.endsAt - now };
  }

  countMembers(key: string, members: readonly string[], windowMs: number, most: number): SetCount {
    const now = this.now();
    let set = this.sets.get(key);
    if (set === undefined || set.endsAt <= now) {
      this.makeRoom(now);
      set = { members: new Set(), endsAt: now + windowMs };
      this.sets.delete(key);
      this.sets.set(key, set);
    }
    const { members: known, endsAt } = set;
    const fresh = new Set(members.filter((member) => !known.has(member)));
    const added = known.size + fresh.size <= most;
    if (added) for (const member of fresh) known.add(member);
    return { added, resetMs: endsAt - now };
  }

  close(): Promise<void> {
    this.windows.clear();
    this.sets.clear();
    return Promise.resolve();
  }

  private makeRoom(now: number): void {
    if (now - this.sweptAt > 10_000) {
      this.sweptAt = now;
      for (const kept of [this.windows, this.sets]) {
        for (const [key, { endsAt }] of kept) if (endsAt <= now) kept.delete(key);
      }
    }
    if (this.windows.size >= MOST_KEYS) dropOldest(this.windows);
    if (this.sets.size >= MOST_SETS) dropOldest(this.sets);
  }
}

function dropOldest(kept: Map<string, unknown>): void {
  const oldest = kept.keys().next();
  if (!oldest.done) kept.delete(oldest.value);
}
