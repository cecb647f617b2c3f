import type { Say } from '../i18n/text';

/** What services take for a person's day, in paise; outside of it pay can only be a slip. */
const POSSIBLE = { least: 10_000, most: 2_000_000 };
/** What people are paid: below or above, the person is asked whether it is meant. */
const USUAL = { least: 30_000, most: 500_000 };

export function judgeDayPay(paise: number): 'usual' | 'unusual' | 'impossible' {
  if (paise < POSSIBLE.least || paise > POSSIBLE.most) return 'impossible';
  return paise < USUAL.least || paise > USUAL.most ? 'unusual' : 'usual';
}

export function payBoundsWords(say: Say, money: (paise: number) => string): string {
  return say('pay.bounds', { least: money(POSSIBLE.least), most: money(POSSIBLE.most) });
}
