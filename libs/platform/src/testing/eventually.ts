import { pause } from '../kernel/backoff';

/**
 * Runs `check` until it does not throw, at most `withinMs`: long, because whoever waits for it waits for a condition and
 * not for a time, and the machine may be busy with something else.
 *
 * @throws what `check` threw last
 */
export async function eventually<R>(check: () => R | Promise<R>, withinMs = 60_000): Promise<R> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(15);
    }
  }
}
