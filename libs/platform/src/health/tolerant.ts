import type { HealthIndicatorFunction, HealthIndicatorResult } from '@nestjs/terminus';

/**
 * For a shared part, the database: what `indicator` says counts only after `forMs` without a success. Until then routes
 * answer 503 where they need the part, and no replica is taken out.
 *
 * @param up what is said meanwhile
 */
export function tolerant(indicator: HealthIndicatorFunction, up: HealthIndicatorResult, forMs: number, now: () => number = () => performance.now()): HealthIndicatorFunction {
  let lastSuccess = now();
  return async () => {
    let failure: unknown;
    try {
      const result = await indicator();
      if (Object.values(result).some(({ status }) => status === 'down')) return now() - lastSuccess >= forMs ? result : up;
      lastSuccess = now();
      return result;
    } catch (error) {
      failure = error;
    }
    if (now() - lastSuccess < forMs) return up;
    throw failure;
  };
}
