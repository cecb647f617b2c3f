import { describe, expect, it } from '@jest/globals';
import { TestClock } from '@muster/platform/testing/test-clock';
import { CachedRows } from './cached-rows';

/** A table whose reads end when the test says so. A read returns the rows that were there when it began. */
function table() {
  const rows: string[] = [];
  const open: Array<() => void> = [];
  const clock = new TestClock();
  let reads = 0;
  const kept = new CachedRows(() => {
    reads += 1;
    const found = [...rows];
    return new Promise<readonly string[]>((resolve) => open.push(() => resolve(found)));
  }, clock);
  return { rows, kept, clock, reads: () => reads, endRead: () => open.shift()?.() };
}

describe('rows that are kept', () => {
  it('are read once for all who ask at the same time, and again when they are old', async () => {
    const { kept, rows, clock, reads, endRead } = table();
    rows.push('first');
    const asked = Array.from({ length: 50 }, () => kept.readNoOlderThan(60));
    endRead();
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 50 }, () => ['first']));
    await kept.readNoOlderThan(60);
    expect(reads()).toBe(1);
    clock.advanceMonotonic({ s: 61 });
    const later = kept.readNoOlderThan(60);
    endRead();
    await later;
    expect(reads()).toBe(2);
  });

  it('hold what was written while a read was under way, for whoever asks for them anew', async () => {
    const { kept, rows, reads, endRead } = table();
    const early = kept.readNoOlderThan(60);
    rows.push('written meanwhile');
    const anew = Array.from({ length: 10 }, () => kept.readAgain());
    endRead();
    expect(await early).toEqual([]);
    while (reads() < 2) await Promise.resolve();
    endRead();
    expect(await Promise.all(anew)).toEqual(Array.from({ length: 10 }, () => ['written meanwhile']));
    expect(reads()).toBe(2);
  });

  it('are read again after a read that failed', async () => {
    let broken = true;
    const kept = new CachedRows(async () => {
      if (broken) throw new Error('no database');
      return ['there'];
    }, new TestClock());
    await expect(kept.readNoOlderThan(60)).rejects.toThrow('no database');
    broken = false;
    expect(await kept.readNoOlderThan(60)).toEqual(['there']);
  });
});
