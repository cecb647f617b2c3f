import { lastDayAhead } from '@muster/contracts/kernel/civil-time';
import { payBounds, payVerdict } from '@muster/contracts/kernel/pay-bounds';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { jobErrors } from '@muster/contracts/matching/errors';
import type { Pay } from '@muster/contracts/matching/views';
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

/** @throws AppError mixedCurrencies unless all currencies are the same */
export function oneCurrency<Currency extends string>(currencies: readonly [Currency, ...Currency[]]): Currency {
  const other = currencies.findIndex((currency) => currency !== currencies[0]);
  if (other === -1) return currencies[0];
  const pointer = `/body/lines/${other}/pay/currency`;
  throw new AppError(jobErrors.mixedCurrencies, {}, {
    fields: [{ pointer, message: 'differs from the first line', code: 'mixed_currencies' }],
  });
}

/**
 * @param pointer of the amount in the request @throws AppError payOutOfBounds for pay so low or high that it must be a
 * typing error
 */
export function requireSensiblePay({ amount, basis }: Pick<Pay, 'amount' | 'basis'>, pointer: string): void {
  if (payVerdict(amount, basis) !== 'refuse') return;
  const { least, most } = payBounds[basis];
  throw new AppError(jobErrors.payOutOfBounds, { least, most }, {
    fields: [{ pointer, message: `is not from ${least} to ${most}`, code: 'pay_out_of_bounds' }],
  });
}
