import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../testing/test-clock';

describe('the clock', () => {
  it('says the civil date of a place', () => {
    const clock = new TestClock();
    clock.setTo('2026-11-22T19:00:00Z');
    expect(clock.today('Asia/Kolkata')).toBe('2026-11-23');
    expect(clock.today('UTC')).toBe('2026-11-22');
  });

  it('moves in a test, and leaves monotonic time as it is', () => {
    const clock = new TestClock();
    const [now, monotonic] = [clock.now().getTime(), clock.monotonicMs()];
    clock.advance({ d: 14, s: 1 });
    expect(clock.now().getTime() - now).toBeGreaterThanOrEqual(14 * 86_400_000 + 1000);
    expect(clock.monotonicMs() - monotonic).toBeLessThan(86_400_000);
  });
});
