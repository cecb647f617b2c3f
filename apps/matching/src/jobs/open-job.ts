import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { jobErrors } from '@muster/contracts/matching/errors';
import { jobChanged } from '@muster/contracts/matching/events';
import type { JobId } from '@muster/contracts/matching/ids';
import type { openJob } from '@muster/contracts/matching/jobs.routes';
import { Clock } from '@muster/platform/clock/clock';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { StepLog } from '../states/step-log';
import { open } from './job.rules';
import { viewOf } from './job-view.rules';
import { JobsRepository } from './jobs.repository';

@Injectable()
export class OpenJob {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly steps: StepLog,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  execute(contractor: PersonId, jobId: JobId, seen: number): Promise<OutputOf<typeof openJob>> {
    return this.database.transaction(async (tx) => {
      const job = await this.jobs.ownForUpdate(tx, contractor, jobId);
      if (!job) throw new AppError(platformErrors.notFound);
      const step = open(job.state);
      if (!step) throw new AppError(jobErrors.jobNotDraft, { state: job.state });
      if (job.version !== seen) throw new AppError(platformErrors.conflict);
      if (job.first_day < this.clock.today(job.zone)) throw new AppError(jobErrors.dayInThePast, { date: job.first_day });
      const version = await this.outbox.add(tx, jobChanged, {
        aggregateId: jobId,
        data: { jobId, contractor, state: step.to, places: job.places, filled: job.filled },
        recipients: [contractor],
      });
      await this.jobs.setState(tx, jobId, step.to, version);
      await this.steps.add(tx, [{ subject: 'job', subjectId: jobId, step }]);
      const whole = await this.jobs.whole(tx, contractor, jobId);
      if (!whole) throw new AppError(platformErrors.notFound);
      return viewOf(whole);
    });
  }
}
