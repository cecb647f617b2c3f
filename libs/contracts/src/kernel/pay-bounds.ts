/**
 * The range of plausible pay, in minor units (paise) of INR. The rule that refuses a line and the web app that asks
 * first read the same figures here. Like civil time this file imports nothing but types, so that the web app may import
 * it.
 */
import type { PayBasis } from './money';

interface PayBounds {
  /** A line that pays less is refused. */
  readonly least: number;
  /** A line that pays more is refused. */
  readonly most: number;
  /** Below this amount, and above `usualMost`, the contractor is asked for confirmation. */
  readonly usualLeast: number;
  readonly usualMost: number;
}

const rupees = (amount: number) => amount * 100;

/**
 * The bounds catch a typing error of one zero in either direction; they do not judge fairness. The usual range of a day
 * reaches from about half of the lowest minimum wage in India to the pay of a crane operator; an hour is an eighth of a
 * day. A piece may be a single brick or a house door, so only its upper bound is useful.
 */
export const payBounds: Readonly<Record<PayBasis, PayBounds>> = {
  hour: { least: rupees(15), most: rupees(2_500), usualLeast: rupees(40), usualMost: rupees(625) },
  day: { least: rupees(100), most: rupees(20_000), usualLeast: rupees(300), usualMost: rupees(5_000) },
  piece: { least: rupees(1), most: rupees(20_000), usualLeast: rupees(1), usualMost: rupees(5_000) },
};

export type PayVerdict = 'fine' | 'ask' | 'refuse';

/** Whether an amount is accepted, needs confirmation or is refused. */
export function payVerdict(amount: number, basis: PayBasis): PayVerdict {
  const { least, most, usualLeast, usualMost } = payBounds[basis];
  if (amount < least || amount > most) return 'refuse';
  return amount < usualLeast || amount > usualMost ? 'ask' : 'fine';
}
