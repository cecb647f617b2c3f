import { limits, type Limit } from '@muster/contracts/kernel/limits';
import { z } from 'zod';

/** The number that a limit allows, for everybody and for a new account; null if unlimited. */
export type LimitFigures = ReadonlyMap<string, Pick<Limit, 'most' | 'mostWhenNew'>>;

/** The limits of accounts. Codes sent to an address are limited by auth, to protect the recipient. */
const declared: readonly Limit[] = Object.values<Limit>(limits).filter(({ by }) => by === 'account');
const entry = /^\s*([a-z_]+)\s*=\s*(\d{1,9})\s*(?:\/\s*(\d{1,9})\s*)?$/;

/**
 * `invites_per_day=30/5, searches_per_minute=60`: the second number is for new accounts, the first where it is left
 * out. Limits that are not named keep the contract's figures. `none` lifts all of them, for what measures or crashes Muster.
 */
export const limitFigures = z
  .string()
  .default('')
  .transform((value, context): LimitFigures => {
    if (value.trim() === 'none') return new Map(declared.map(({ name }) => [name, { most: null, mostWhenNew: null }]));
    const figures = new Map(declared.map(({ name, most, mostWhenNew }) => [name, { most, mostWhenNew }]));
    for (const part of value.split(',').filter((piece) => piece.trim() !== '')) {
      const [, name = '', most, mostWhenNew] = entry.exec(part) ?? [];
      if (!figures.has(name)) {
        context.addIssue({ code: 'custom', message: `must read none, or name=most/most when new with a name of ${[...figures.keys()].join(', ')}` });
        return z.NEVER;
      }
      figures.set(name, { most: Number(most), mostWhenNew: Number(mostWhenNew ?? most) });
    }
    return figures;
  });
