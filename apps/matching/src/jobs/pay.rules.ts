import { amountPerDay, HOURS_OF_A_DAY } from '@muster/contracts/kernel/money';
import type { Pay } from '@muster/contracts/matching/views';

/** Hours between two wall-clock times; an end at or before the start is on the next day. */
export function hoursBetween(startsAt: string, endsAt: string): number {
  const minutes = minuteOf(endsAt) - minuteOf(startsAt);
  return (minutes > 0 ? minutes : minutes + 24 * 60) / 60;
}

/** The pay of a line for one day, in minor units. A piece rate is multiplied by the usual number of pieces. */
export function payPerDay(pay: Pay, startsAt: string, endsAt: string): number {
  return amountPerDay(pay.amount, pay.basis, pay.basis === 'hour' ? hoursBetween(startsAt, endsAt) : HOURS_OF_A_DAY);
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
