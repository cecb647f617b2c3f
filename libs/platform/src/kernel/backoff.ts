/**
 * Exponential backoff with full jitter: somewhere between nothing and `base · 2^(attempt−1)`, at most `max`.
 *
 * @param attempt 1 for the first failure
 * @returns milliseconds
 */
export function backoffMs(attempt: number, base: number, max: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(max, base * 2 ** Math.min(attempt - 1, 30)));
}

/** Resolves after `ms` milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
