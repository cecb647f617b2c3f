import type { PersonId } from '@muster/contracts/kernel/ids';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import type { Label, LabelledRanking } from './live-index';

type RankingView = OutputOf<typeof searchWorkers>;

/** Limits the pay to 32 bits, in which the index compares rates; no worker asks for more. */
export function mostPay(perDay: number): number {
  return Math.min(perDay, 2_000_000_000);
}

/** The view of a ranking shows bands instead of coordinates, and the floor rate is not even known here. */
export function rankingView({ items, labels, matches }: LabelledRanking, currency: 'INR', nextCursor: string | null): RankingView {
  return {
    matches,
    nextCursor,
    items: items.map((match, nth) => ({
      personId: match.personId,
      displayName: (labels[nth] as Label).displayName,
      photoId: (labels[nth] as Label).photoId,
      trade: match.trade,
      level: match.level,
      sibling: match.sibling,
      years: match.years,
      distanceBand: match.distanceBand,
      dayRate: { amount: match.askPay, currency },
      total: match.total,
      parts: match.parts,
      reasons: match.reasons,
    })),
  };
}

/** The people whom the answer shows. */
export function peopleIn({ items }: RankingView): PersonId[] {
  return items.map(({ personId }) => personId as PersonId);
}
