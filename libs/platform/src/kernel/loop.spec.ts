import { describe, expect, it } from '@jest/globals';
import { pause } from './backoff';
import { Loop } from './loop';

describe('Loop', () => {
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
