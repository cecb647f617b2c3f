import type { Limit } from '@muster/contracts/kernel/limits';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { AppError } from '../errors/app-error';
import { secondsToWait } from '../kernel/seconds-to-wait';

/** The refusal of what would pass a limit; it says what the limit is and when it lifts. */
export function limitReached({ name }: Limit, most: number, liftsAt: Date, now: Date): AppError {
  const retryAfterSeconds = secondsToWait(liftsAt.getTime() - now.getTime());
  const params = { name, limit: most, retryAfterSeconds, liftsAt: liftsAt.toISOString() };
  return new AppError(platformErrors.limitReached, params, { retryAfterSeconds });
}
