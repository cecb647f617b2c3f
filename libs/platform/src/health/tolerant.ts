import type { HealthIndicatorFunction, HealthIndicatorResult } from '@nestjs/terminus';
import { withinTime } from '../kernel/time-limit';

/** Shorter than a probe waits, so that a part that hangs is tolerated like one that refuses; milliseconds. */
const ANSWER_MS = 500;

/**
 * For a shared part, the database: what `indicator` says counts only after `forMs` without a success. Until then routes
 * answer 503 where they need the part, and no replica is taken out. One question at a time is asked, and its answer
 * counts when it comes: a part that is slow answers, and a pool that it has filled is not filled further.
 *
 * @param up what is said meanwhile
 */
export function tolerant(indicator: HealthIndicatorFunction, up: HealthIndicatorResult, forMs: number, now: () => number = () => performance.now()): HealthIndicatorFunction {
  let lastSuccess = now();
  let asked: Promise<HealthIndicatorResult> | undefined;
  const ask = async (): Promise<HealthIndicatorResult> => {
    try {
      const result = await indicator();
      if (Object.values(result).every(({ status }) => status === 'up')) lastSuccess = now();
      return result;
    } finally {
      asked = undefined;
    }
  };
  return async () => {
    let failure: unknown;
    try {
      const result = await withinTime(ANSWER_MS, 'answer', (asked ??= ask()));
      if (Object.values(result).some(({ status }) => status === 'down')) return now() - lastSuccess >= forMs ? result : up;
      return result;
    } catch (error) {
      failure = error;
    }
    if (now() - lastSuccess < forMs) return up;
    throw failure;
  };
}
