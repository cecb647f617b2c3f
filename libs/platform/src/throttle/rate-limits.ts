import { rateClasses, type RateClass } from '@muster/contracts/kernel/access';
import { z } from 'zod';

/** Most requests in a window of {@link WINDOW_MS}, by account and by network. */
export interface RateLimit {
  readonly account: number;
  readonly network: number;
}
export type RateLimits = Readonly<Record<RateClass, RateLimit>>;

export const WINDOW_MS = 60_000;

/**
 * A network may be a mobile operator's shared address with thousands behind it, so that its limit only stops floods.
 * Guessing of passwords and codes has counters of its own in auth's database.
 */
export const defaultRateLimits: RateLimits = {
  credential: { account: 20, network: 300 },
  // By session; what shows no session's own cookie is counted by network, and among its like alone.
  refresh: { account: 120, network: 300 },
  write: { account: 120, network: 3_000 },
  read: { account: 600, network: 12_000 },
  search: { account: 120, network: 3_000 },
  internal: { account: 1_000_000, network: 1_000_000 },
};

const entry = /^\s*([a-z]+)\s*=\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*$/;

/** `write=120/3000, search=60/600`; classes that are left out keep their default. */
export const rateLimits = z
  .string()
  .default('')
  .transform((value, context): RateLimits => {
    const limits: Record<string, RateLimit> = { ...defaultRateLimits };
    for (const part of value.split(',').filter((piece) => piece.trim() !== '')) {
      const [, name, account, network] = entry.exec(part) ?? [];
      if (!rateClasses.some((known) => known === name)) {
        context.addIssue({ code: 'custom', message: `must read class=account/network with a class of ${rateClasses.join(', ')}` });
        return z.NEVER;
      }
      limits[name as RateClass] = { account: Number(account), network: Number(network) };
    }
    return limits as RateLimits;
  });
