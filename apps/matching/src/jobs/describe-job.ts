import type { PersonId } from '@muster/contracts/kernel/ids';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { JobId } from '@muster/contracts/matching/ids';
import type { describeJob } from '@muster/contracts/matching/jobs.routes';
import { Clock } from '@muster/platform/clock/clock';
import { Idempotency, type Once } from '@muster/platform/database/idempotency';
import { Timers } from '@muster/platform/timers/timers';
import { Injectable } from '@nestjs/common';
import { JobMoves } from './job-moves';
import { partsOf, type Described } from './job-parts';
import { WORK_BEGINS, WORK_ENDS } from './job-timers';
import { viewOf } from './job-view.rules';
import { JobsRepository } from './jobs.repository';

/** Writes a job as a draft, with the timers that will start and end it. */
@Injectable()
export class DescribeJob {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly jobs: JobsRepository,
    private readonly moves: JobMoves,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  execute(contractor: PersonId, body: Described, once: Once): Promise<OutputOf<typeof describeJob>> {
    return this.idempotency.runOnce(once, async (tx) => {
      const { job, lines, slots } = partsOf(contractor, body, this.clock.now());
      const jobId = job.job_id as JobId;
      const version = await this.moves.insertDescribedJob(tx, job);
      await this.jobs.insertJob(tx, { ...job, version }, lines, slots);
      await this.timers.scheduleTimer(tx, { kind: WORK_BEGINS, key: jobId, at: job.first_start });
      await this.timers.scheduleTimer(tx, { kind: WORK_ENDS, key: jobId, at: job.last_end });
      const whole = await this.jobs.findWholeJob(tx, contractor, jobId);
      if (!whole) throw new Error('the job just written is not there');
      return viewOf(whole);
    });
  }
}
