import type { OutputOf } from '@muster/contracts/kernel/route';
import type { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import type { LabelledRanking } from './live-index';

type RankingView = OutputOf<typeof searchWorkers>;

/** The index compares rates as 32-bit numbers; beyond every rate that anybody can ask there is nothing to tell apart. */
export function mostPay(perDay: number): number {
  return Math.min(perDay, 2_000_000_000);
}

/** Bands, never coordinates; the floor rate is not even known here. */
export function rankingView({ items, matches }: LabelledRanking, currency: 'INR'): RankingView {
  return {
    matches,
    items: items.map((item) => ({
      personId: item.personId,
      displayName: item.displayName,
      photoId: item.photoId,
      trade: item.trade,
      level: item.level,
      sibling: item.sibling,
      years: item.years,
      distanceBand: item.distanceBand,
      dayRate: { amount: item.askPay, currency },
      total: item.total,
      parts: [...item.parts],
      reasons: item.reasons.map(({ key, params }) => ({ key, params: { ...params } })),
    })),
  };
}
