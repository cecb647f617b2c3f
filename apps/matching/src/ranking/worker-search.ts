import type { PersonId } from '@muster/contracts/kernel/ids';
import type { DistanceBand, Point, SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { CivilDate } from '@muster/contracts/kernel/time';
import type { Reason } from './reasons.rules';
import type { Familiarity, ScorePart } from './score.rules';
import type { Language } from './worker-document';

export interface WorkerSearch {
  readonly contractorId: PersonId;
  readonly site: Point;
  readonly radiusKm: number;
  readonly trade: TradeId;
  readonly minimumLevel: SkillLevel;
  /** The days at the site, on all of which the worker must be free; from yesterday to 126 days after the index's day. */
  readonly days: readonly CivilDate[];
  /** Minor units. */
  readonly payPerDay: number;
  readonly language: Language | null;
  /** 1–100. */
  readonly limit: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The current day at the site, for which the score is computed. Later pages of a ranking keep the day of the first. */
  readonly today: CivilDate;
  /** Only workers behind this place of the ranking are returned. */
  readonly after?: RankingPlace | undefined;
  /** The contractor's familiarity with people; everybody else is a stranger. */
  readonly familiarity?: ReadonlyMap<PersonId, Familiarity>;
  /** People who are left out, for example because they are invited already. */
  readonly without?: ReadonlySet<PersonId>;
}

/** A place in a ranking: the total and the person at it. */
export interface RankingPlace {
  readonly total: number;
  readonly personId: PersonId;
}

export interface RankedMatch {
  readonly personId: PersonId;
  /** The skill that counts: the trade asked for, or a sibling of it. */
  readonly trade: TradeId;
  readonly level: SkillLevel;
  readonly years: number;
  readonly sibling: boolean;
  readonly distanceBand: DistanceBand;
  /** Minor units a day. */
  readonly askPay: number;
  /** The sum of the parts. */
  readonly total: number;
  readonly parts: ScorePart[];
  readonly reasons: Reason[];
}

export interface WorkerRanking {
  /** The matches, best first; equal totals are ordered by person id. */
  readonly items: readonly RankedMatch[];
  /** The number of workers who pass the hard filters. */
  readonly matches: number;
}
