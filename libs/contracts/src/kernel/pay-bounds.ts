/**
 * What pay makes sense, in minor units (paise) of INR. The rule that refuses a line and the web app that asks before it
 * sends one read the same figures here; like civil time this file imports nothing but types, so that the web app may.
 */
import type { PayBasis } from './money';

interface PayBounds {
  /** Below it a line is refused. */
  readonly least: number;
  /** Above it a line is refused. */
  readonly most: number;
  /** Below it, and above `usualMost`, a person is asked whether they meant it. */
  readonly usualLeast: number;
  readonly usualMost: number;
}

const rupees = (amount: number) => amount * 100;

/**
 * A slip of a zero in either direction is what they are about, not what is fair. The usual range of a day reaches from
 * about half of the lowest minimum wage in India to what a crane operator gets; an hour is an eighth of a day. A piece
 * may be one brick or one house door, so that only its upper end says anything.
 */
export const payBounds: Readonly<Record<PayBasis, PayBounds>> = {
  hour: { least: rupees(15), most: rupees(2_500), usualLeast: rupees(40), usualMost: rupees(625) },
  day: { least: rupees(100), most: rupees(20_000), usualLeast: rupees(300), usualMost: rupees(5_000) },
  piece: { least: rupees(1), most: rupees(20_000), usualLeast: rupees(1), usualMost: rupees(5_000) },
};

export type PayVerdict = 'fine' | 'ask' | 'refuse';

/** Whether an amount is taken as it is, asked about first, or refused. */
export function payVerdict(amount: number, basis: PayBasis): PayVerdict {
  const { least, most, usualLeast, usualMost } = payBounds[basis];
  if (amount < least || amount > most) return 'refuse';
  return amount < usualLeast || amount > usualMost ? 'ask' : 'fine';
}
