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
  /** All of them must be free; at the site, from yesterday to 126 days after the index's own day. */
  readonly days: readonly CivilDate[];
  /** Minor units. */
  readonly payPerDay: number;
  readonly language: Language | null;
  /** 1–100. */
  readonly limit: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The day that it is at the site, of which the score is. A ranking that is read on keeps the day on which it began. */
  readonly today: CivilDate;
  /** Only who comes behind this place of the ranking. */
  readonly after?: RankingPlace | undefined;
  /** What the contractor knows of people; everybody else is a stranger. */
  readonly familiarity?: ReadonlyMap<PersonId, Familiarity>;
  /** Left out, for example because they are invited already. */
  readonly without?: ReadonlySet<PersonId>;
}

/** A place in a ranking: the total and the person of whoever stands there. */
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
  /** Best first; equal totals by person id. */
  readonly items: readonly RankedMatch[];
  /** Everybody who passes the hard filters. */
  readonly matches: number;
}
