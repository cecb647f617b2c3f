/** Full jitter: anything up to a bound that doubles from one second to thirty. Milliseconds. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const bound = Math.min(30_000, 1000 * 2 ** Math.min(attempt, 10));
  return Math.round(300 + random() * bound);
}
