import { civilDateAt, daysToCome, type WorkHours } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { CivilDate } from '@muster/contracts/kernel/time';
import type { RankingPlace, WorkerSearch } from '../ranking/worker-search';
import { mostPay } from '../search/ranking-view.rules';
import { radiusKmOf } from '../site/distance.rules';
import { minutesOf } from './job-view.rules';
import type { JobRow } from './job.schema';
import type { LineRow } from './jobs.repository';
import { payPerDay } from './pay.rules';

type Hours = Pick<LineRow, 'starts_at' | 'ends_at'>;

export function hoursOf(line: Hours, job: Pick<JobRow, 'zone'>): WorkHours {
  return { startsAt: minutesOf(line.starts_at), endsAt: minutesOf(line.ends_at), zone: job.zone };
}

/** The days of a line for which people can still be asked. */
export function comingDays(line: Hours & Pick<LineRow, 'days'>, job: Pick<JobRow, 'zone'>, now: Date): CivilDate[] {
  return daysToCome(line.days as CivilDate[], hoursOf(line, job), now.getTime());
}

/** The search that a line stands for. Its ranking and every invite to it use the same one. */
export function searchOfLine(
  line: LineRow,
  job: Omit<JobRow, 'created_at'>,
  asked: {
    readonly now: Date;
    readonly days: readonly CivilDate[];
    readonly limit: number;
    readonly without?: ReadonlySet<PersonId>;
    readonly after?: RankingPlace | undefined;
  },
): WorkerSearch {
  const pay = { amount: line.pay_amount, currency: job.currency as 'INR', basis: line.pay_basis };
  const { startsAt, endsAt } = hoursOf(line, job);
  const now = asked.now.getTime();
  return {
    contractorId: job.contractor as PersonId,
    site: { latitude: job.site_latitude, longitude: job.site_longitude },
    radiusKm: radiusKmOf(job.radius_km),
    trade: line.trade as TradeId,
    minimumLevel: line.minimum_level as SkillLevel,
    days: asked.days,
    payPerDay: mostPay(payPerDay(pay, startsAt, endsAt)),
    language: line.language as WorkerSearch['language'],
    limit: asked.limit,
    now,
    today: civilDateAt(now, job.zone),
    after: asked.after,
    ...(asked.without && { without: asked.without }),
  };
}
