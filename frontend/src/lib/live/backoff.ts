/** The pause before the next try in milliseconds, with full jitter: random up to a bound that doubles from 1 s to 30 s. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const bound = Math.min(30_000, 1000 * 2 ** Math.min(attempt, 10));
  return Math.round(300 + random() * bound);
}
