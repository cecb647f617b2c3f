import { commonRoutes, routes } from '@muster/contracts/catalogue';
import { limits, NEW_ACCOUNT_DAYS, type Counted, type Limit } from '@muster/contracts/kernel/limits';
import { page, table } from './pages';

const counted: Readonly<Record<Counted, string>> = {
  requests: 'requests, in the counters of rate limits',
  profiles: 'different people, in the counters of rate limits',
  effects: 'what is written, with it in its transaction; a repeat once',
  standing: 'what the account has at the moment, in the transaction that adds to it',
};
const windows: Readonly<Record<number, string>> = { 0: 'at once', 60: 'a minute', 600: 'ten minutes', 3600: 'an hour', 86400: 'a day' };

/** Every limit for abuse with its figures and the routes that it is held at. */
export function limitsPage(): string {
  const all = [...Object.values(routes).flat(), ...commonRoutes];
  const rows = Object.values<Limit>(limits).map((limit) => [
    `\`${limit.name}\``,
    limit.summary,
    limit.most === null ? 'no limit' : String(limit.most),
    limit.mostWhenNew === null ? 'no limit' : String(limit.mostWhenNew),
    windows[limit.seconds] ?? `${limit.seconds} s`,
    limit.by,
    limit.by === 'address' ? 'by auth, for each network that asks, under a lock' : counted[limit.counts],
    all.filter((route) => route.limits.includes(limit)).map(({ id }) => `\`${id}\``).join(' '),
  ]);
  return page(
    'Limits for abuse',
    `An account is new for ${NEW_ACCOUNT_DAYS} days after its address was confirmed. What would pass a limit is answered with 429 \`platform.limit_reached\`: the limit's name, how many it allows, and when it lifts. \`LIMITS\` changes the figures of accounts.`,
    table(['limit', 'of what', 'most', 'new accounts', 'in', 'by', 'counted', 'routes'], rows),
  );
}
