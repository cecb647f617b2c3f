import type { CounterStore, WindowCount } from './counter-store';

/** Keys are chosen by strangers (networks), hence the bound. */
const MOST_KEYS = 100_000;

/** Counts of this replica alone. */
export class MemoryCounters implements CounterStore {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();
  private sweptAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  hit(key: string, windowMs: number): WindowCount {
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

  close(): Promise<void> {
    this.windows.clear();
    return Promise.resolve();
  }

  private makeRoom(now: number): void {
    if (now - this.sweptAt > 10_000) {
      this.sweptAt = now;
      for (const [key, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(key);
    }
    if (this.windows.size < MOST_KEYS) return;
    const oldest = this.windows.keys().next();
    if (!oldest.done) this.windows.delete(oldest.value);
  }
}
