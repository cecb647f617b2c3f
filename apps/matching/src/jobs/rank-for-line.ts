import { Inject, Injectable } from '@nestjs/common';
import { limits } from '@muster/contracts/kernel/limits';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { CivilDate } from '@muster/contracts/kernel/time';
import type { rankForLine } from '@muster/contracts/matching/jobs.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { AppError } from '@muster/platform/errors/app-error';
import { ReadLimits } from '@muster/platform/limits/read-limits';
import { LiveIndex } from '../search/live-index';
import { mostPay, peopleIn, rankingView } from '../search/ranking-view.rules';
import type { WorkerSearch } from '../search/worker-search';
import { JobsRepository } from './jobs.repository';
import { payPerDay } from './pay.rules';

/** One query for the line, then the index. Who was ever invited to the job is left out, as they cannot be again. */
@Injectable()
export class RankForLine {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly live: LiveIndex,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReadLimits) private readonly limits: ReadLimits,
  ) {}

  async execute(
    me: AuthenticatedPerson,
    { params, query }: InputOf<typeof rankForLine>,
  ): Promise<OutputOf<typeof rankForLine>> {
    const found = await this.jobs.lineToRank(me.personId, params.jobId, params.lineId);
    if (!found) throw new AppError(platformErrors.notFound);
    const { job, line, invited } = found;
    const today = this.clock.today(job.zone);
    const days = line.days.filter((day) => day >= today) as CivilDate[];
    // A line whose days are all over asks for nobody.
    if (days.length === 0) return { items: [], matches: 0 };
    const currency = job.currency as 'INR';
    const pay = { amount: line.pay_amount, currency, basis: line.pay_basis };
    const ranking = this.live.search('line', {
      contractorId: me.personId,
      site: { latitude: job.site_latitude, longitude: job.site_longitude },
      radiusKm: job.radius_km,
      trade: line.trade as TradeId,
      minimumLevel: line.minimum_level as SkillLevel,
      days,
      payPerDay: mostPay(payPerDay(pay, line.starts_at, line.ends_at)),
      language: line.language as WorkerSearch['language'],
      limit: query.limit,
      now: this.clock.now().getTime(),
      today,
      without: new Set(invited),
    });
    const view = rankingView(ranking, currency);
    await this.limits.show(limits.profilesPerDay, me, peopleIn(view));
    return view;
  }
}
