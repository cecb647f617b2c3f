import { payBounds, payVerdict } from '@muster/contracts/kernel/pay-bounds';
import { jobErrors } from '@muster/contracts/matching/errors';
import type { Pay } from '@muster/contracts/matching/views';
import { AppError } from '@muster/platform/errors/app-error';

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
