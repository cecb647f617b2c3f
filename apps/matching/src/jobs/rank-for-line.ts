import type { PersonId } from '@muster/contracts/kernel/ids';
import { limits } from '@muster/contracts/kernel/limits';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { rankForLine } from '@muster/contracts/matching/jobs.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Clock } from '@muster/platform/clock/clock';
import { AppError } from '@muster/platform/errors/app-error';
import { ReadLimits } from '@muster/platform/limits/read-limits';
import { Injectable } from '@nestjs/common';
import type { AskedWorkerRow } from '../invites/invites.reader';
import { LiveIndex } from '../search/live-index';
import { RankingPages } from '../search/ranking-pages';
import { peopleIn, rankingView } from '../search/ranking-view.rules';
import { mayAsk } from './asking.rules';
import { JobsRepository } from './jobs.repository';
import { comingDays, searchOfLine } from './line-work.rules';

/**
 * Ranks workers for a line by one query for the line and then the index. Workers who cannot be asked for the line now
 * are left out.
 */
@Injectable()
export class RankForLine {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly live: LiveIndex,
    private readonly pages: RankingPages,
    private readonly clock: Clock,
    private readonly limits: ReadLimits,
  ) {}

  async execute(
    me: AuthenticatedPerson,
    { params, query }: InputOf<typeof rankForLine>,
  ): Promise<OutputOf<typeof rankForLine>> {
    const now = this.clock.now();
    const found = await this.jobs.findLineToRank(me.personId, params.jobId, params.lineId, now);
    if (!found) throw new AppError(platformErrors.notFound);
    const { job, line, asked } = found;
    const place = { routeId: rankForLine.id, bound: { ...params, person: me.personId }, cursor: query.cursor };
    const begun = this.pages.beginPage(place, job.zone);
    const days = comingDays(line, job, begun.now);
    // A line whose days have all begun needs nobody.
    if (days.length === 0) return { items: [], matches: 0, nextCursor: null };
    const without = unaskable(asked, params.lineId, now);
    const ranking = this.live.search('line', searchOfLine(line, job, { now: begun.now, days, limit: query.limit, without, after: begun.after }));
    const view = rankingView(ranking, job.currency as 'INR', this.pages.finishPage(place, begun, ranking));
    await this.limits.countShown(limits.profilesPerDay, me, peopleIn(view));
    return view;
  }
}

function unaskable(asked: readonly AskedWorkerRow[], lineId: string, now: Date): Set<PersonId> {
  const workers = new Set(asked.map(({ worker }) => worker as PersonId));
  for (const worker of workers) {
    const earlier = asked.filter((invite) => invite.worker === worker);
    if (mayAsk(earlier, lineId, now).verdict === 'fine') workers.delete(worker);
  }
  return workers;
}
