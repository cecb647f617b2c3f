import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { JobId } from '@muster/contracts/matching/ids';
import * as routes from '@muster/contracts/matching/jobs.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Cursors } from '@muster/platform/database/cursors';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, IfMatch, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { summaryOf, viewOf } from './job-view.rules';
import { JobsRepository } from './jobs.repository';
import { OpenJob } from './open-job';
import { RankForLine } from './rank-for-line';

@Controller()
export class JobsController {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly opener: OpenJob,
    private readonly ranker: RankForLine,
    private readonly cursors: Cursors,
  ) {}

  @Handle(routes.listJobs)
  list(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.listJobs) { query }: InputOf<typeof routes.listJobs>,
  ): Promise<OutputOf<typeof routes.listJobs>> {
    return this.cursors.readPage(
      { routeId: routes.listJobs.id, bound: { ...query, person: me.personId }, cursor: query.cursor, limit: query.limit },
      (before: JobId | undefined, limit) => this.jobs.pageOfJobs(me.personId, { state: query.state, before }, limit),
      { positionOf: (row) => row.job_id, itemOf: summaryOf },
    );
  }

  @Handle(routes.readJob)
  async read(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.readJob) { params }: InputOf<typeof routes.readJob>,
  ): Promise<OutputOf<typeof routes.readJob>> {
    const whole = await this.jobs.findOwnJob(me.personId, params.jobId);
    if (!whole) throw new AppError(platformErrors.notFound);
    return viewOf(whole);
  }

  @Handle(routes.openJob)
  open(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.openJob) { params }: InputOf<typeof routes.openJob>,
    @IfMatch() seen: number,
  ): Promise<OutputOf<typeof routes.openJob>> {
    return this.opener.execute(me, params.jobId, seen);
  }

  @Handle(routes.rankForLine)
  rank(
    @Caller() me: AuthenticatedPerson,
    @Input(routes.rankForLine) input: InputOf<typeof routes.rankForLine>,
  ): Promise<OutputOf<typeof routes.rankForLine>> {
    return this.ranker.execute(me, input);
  }
}
