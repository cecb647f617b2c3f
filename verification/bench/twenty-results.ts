// The route that every server of `bench:platform` serves: a list of twenty, asked for with a query.
import { access } from '@muster/contracts/kernel/access';
import { id } from '@muster/contracts/kernel/ids';
import { int, intFromText } from '@muster/contracts/kernel/integer';
import { money } from '@muster/contracts/kernel/money';
import { page, pageQuery } from '@muster/contracts/kernel/page';
import { distanceBand, skillLevel, tradeId } from '@muster/contracts/kernel/place';
import { route, type OutputOf } from '@muster/contracts/kernel/route';
import { z } from 'zod';

const benchId = id('Bench');

const item = z.object({
  id: benchId,
  displayName: z.string(),
  trade: tradeId,
  level: skillLevel,
  years: int(),
  distanceBand,
  dayRate: money,
  total: int(),
  free: z.boolean(),
  note: z.string().nullable(),
});

export const listTwenty = route({
  id: 'notification.listTwenty',
  summary: 'Twenty results',
  method: 'GET',
  path: '/api/v1/notification/twenty',
  query: pageQuery.extend({ trade: tradeId, level: intFromText({ min: 1, max: 5 }) }),
  response: page(item),
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: unknown) => ({ query: { trade: 'mason', level: 2 } }),
});

export const address = `${listTwenty.path}?trade=mason&level=2&limit=20`;

/** Made anew for each answer, as a handler does that reads rows. */
export function twenty(): OutputOf<typeof listTwenty> {
  return {
    items: Array.from({ length: 20 }, (_, nth) => ({
      id: `01900000-0000-7000-8000-0000000000${10 + nth}` as z.infer<typeof benchId>,
      displayName: `Suresh Wankhede ${nth}`,
      trade: 'mason' as z.infer<typeof tradeId>,
      level: 3 as const,
      years: nth,
      distanceBand: '5-10' as z.infer<typeof distanceBand>,
      dayRate: { amount: 95_000 + nth, currency: 'INR' as const },
      total: -120_000 - nth,
      free: nth % 2 === 0,
      note: null,
    })),
    nextCursor: null,
  };
}
