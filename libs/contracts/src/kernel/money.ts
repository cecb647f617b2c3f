import { z } from 'zod';
import { int } from './integer';

export const currency = z.enum(['INR']);

/** Integer minor units (paise). One currency per job; nothing is ever converted. */
export const money = z.object({
  amount: int({ min: 0, max: 1_000_000_000 }),
  currency,
});
export type Money = z.infer<typeof money>;

export const payBasis = z.enum(['hour', 'day', 'piece']);
export type PayBasis = z.infer<typeof payBasis>;

/** Hours that a day rate stands for where a line does not say its own. */
export const HOURS_OF_A_DAY = 8;

/**
 * Makes rates comparable, in minor units a day.
 *
 * @param perDay hours of the working day for an hourly rate, pieces a day for a piece rate
 */
export function amountPerDay(amount: number, basis: PayBasis, perDay: number = HOURS_OF_A_DAY): number {
  return basis === 'day' ? amount : Math.round(amount * perDay);
}
