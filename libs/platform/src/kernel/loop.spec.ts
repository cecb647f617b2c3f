import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { pause } from './backoff';
import { Loop } from './loop';

afterEach(() => {
  jest.useRealTimers();
});

describe('Loop', () => {
  it('looks less and less often while nothing happens, and often again once it was woken', async () => {
    jest.useFakeTimers();
    let rounds = 0;
    const loop = new Loop({ step: async () => ((rounds += 1), false), busyMs: 20, idleMs: 3000, onError: () => undefined });
    const roundsIn = async (ms: number): Promise<number> => {
      const before = rounds;
      await jest.advanceTimersByTimeAsync(ms);
      return rounds - before;
    };
    loop.start();
    await roundsIn(30_000);
    // Pauses are spread by a quarter to either side.
    expect(await roundsIn(60_000)).toBeLessThanOrEqual(27);
    loop.wake();
    expect(await roundsIn(100)).toBeGreaterThanOrEqual(3);
    const ended = loop.stop();
    await jest.advanceTimersByTimeAsync(3000);
    await ended;
  });

  it('runs again at once when woken during a round', async () => {
    let rounds = 0;
    const loop: Loop = new Loop({
      step: async () => {
        rounds += 1;
        if (rounds === 1) loop.wake();
        return false;
      },
      busyMs: 60_000,
      idleMs: 60_000,
      onError: () => undefined,
    });
    loop.start();
    await pause(20);
    expect(rounds).toBe(2);
    await loop.stop();
  });

  it('goes on after a failed round and waits for the one in progress when stopped', async () => {
    const errors: unknown[] = [];
    let ended = false;
    let rounds = 0;
    const loop = new Loop({
      step: async () => {
        rounds += 1;
        if (rounds === 1) throw new Error('planted');
        await pause(50);
        ended = true;
        return false;
      },
      busyMs: 1,
      idleMs: 5,
      onError: (error) => errors.push(error),
    });
    loop.start();
    await pause(5);
    loop.wake();
    await pause(5);
    await loop.stop();
    expect(errors).toHaveLength(1);
    expect(ended).toBe(true);
  });
});
