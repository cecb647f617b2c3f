import { lastDayAhead } from '@muster/contracts/kernel/civil-time';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { jobErrors } from '@muster/contracts/matching/errors';
import { AppError } from '@muster/platform/errors/app-error';

/**
 * Checks the days of a line or a search and returns them in order.
 *
 * @param today the date at the site
 * @param pointer of the list of days in the request
 * @param begun whether it is too late to come on a day; for a search, which has no hours, only days before today are
 * too late
 * @throws AppError dayTwice, dayInThePast, dayTooFar
 */
export function checkedDays(
  days: readonly CivilDate[],
  today: CivilDate,
  pointer: string,
  begun: (date: CivilDate) => boolean = (date) => date < today,
): CivilDate[] {
  const last = lastDayAhead(today);
  const seen = new Set<string>();
  days.forEach((date, index) => {
    const at = (message: string, code: string) => ({ fields: [{ pointer: `${pointer}/${index}`, message, code }] });
    if (seen.has(date)) throw new AppError(jobErrors.dayTwice, { date }, at('is named twice', 'day_twice'));
    if (begun(date)) throw new AppError(jobErrors.dayInThePast, { date }, at('has begun already', 'day_in_the_past'));
    if (date > last) throw new AppError(jobErrors.dayTooFar, { date }, at(`is after ${last}`, 'day_too_far'));
    seen.add(date);
  });
  return [...days].sort();
}
