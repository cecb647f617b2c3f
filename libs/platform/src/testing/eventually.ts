import { pause } from '../kernel/backoff';

/**
 * Runs `check` until it does not throw, at most `withinMs`.
 *
 * @throws what `check` threw last
 */
export async function eventually<R>(check: () => R | Promise<R>, withinMs = 5_000): Promise<R> {
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
