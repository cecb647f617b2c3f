import { lastDayAhead } from '@muster/contracts/kernel/civil-time';
import { userErrors } from '@muster/contracts/user/errors';
import type { availabilityInput } from '@muster/contracts/user/views';
import { AppError, faultAt } from '@muster/platform/errors/app-error';
import type { z } from 'zod';

export type AvailabilityInput = z.output<typeof availabilityInput>;

/** Hours for which "free today" holds. */
export const FREE_TODAY_HOURS = 24;

/**
 * Leaves out exceptions that are past. A form that was open over midnight sends such dates and must not be refused for
 * them.
 *
 * @param today the worker's own civil date
 */
export function fromToday<Exception extends { date: string }>(exceptions: readonly Exception[], today: string): Exception[] {
  return exceptions.filter(({ date }) => date >= today);
}

/**
 * @param today the worker's own civil date
 * @throws AppError user.date_twice, user.date_out_of_reach
 */
export function assertAvailability(input: AvailabilityInput, today: string): void {
  const last = lastDayAhead(today);
  const seen = new Set<string>();
  input.exceptions.forEach(({ date }, at) => {
    const pointer = `/body/exceptions/${at}/date`;
    if (seen.has(date)) throw new AppError(userErrors.dateTwice, { date }, { fields: [faultAt(pointer, userErrors.dateTwice)] });
    if (date > last) {
      throw new AppError(userErrors.dateOutOfReach, { date }, { fields: [faultAt(pointer, userErrors.dateOutOfReach)] });
    }
    seen.add(date);
  });
}
