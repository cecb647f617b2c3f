import { limits } from '@muster/contracts/kernel/limits';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { jobErrors } from '@muster/contracts/matching/errors';
import type { JobId } from '@muster/contracts/matching/ids';
import type { openJob } from '@muster/contracts/matching/jobs.routes';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { WriteLimits, type LimitedAccount } from '@muster/platform/limits/write-limits';
import { Injectable } from '@nestjs/common';
import { JobMoves } from './job-moves';
import { viewOf } from './job-view.rules';
import { isOpened, open } from './job.rules';
import type { JobRow } from './job.schema';
import { JobsRepository } from './jobs.repository';
import { comingDays } from './line-work.rules';

@Injectable()
export class OpenJob {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly moves: JobMoves,
    private readonly clock: Clock,
    private readonly limits: WriteLimits,
  ) {}

  execute(me: LimitedAccount, jobId: JobId, seen: number): Promise<OutputOf<typeof openJob>> {
    return this.database.transaction(async (tx) => {
      const job = await this.jobs.lockOwnJob(tx, me.personId, jobId);
      if (!job) throw new AppError(platformErrors.notFound);
      // The request repeats one whose answer was lost: the draft of that version has been opened, and the answer is the
      // job as it is now.
      const repeated = isOpened(job.state) && seen < job.version;
      if (!repeated) await this.openDraft(tx, me, job, seen);
      const whole = await this.jobs.findWholeJob(tx, me.personId, jobId);
      if (!whole) throw new AppError(platformErrors.notFound);
      return viewOf(whole);
    });
  }

  private async openDraft(tx: Tx, me: LimitedAccount, job: JobRow, seen: number): Promise<void> {
    const step = open(job.state);
    if (!step) throw new AppError(jobErrors.jobNotDraft, { state: job.state });
    if (job.version !== seen) throw new AppError(platformErrors.conflict);
    await this.requireComingDay(tx, job);
    await this.limits.holdLimit(tx, me, limits.openPlaces, job.places, () => this.jobs.countOpenPlaces(tx, me.personId));
    await this.moves.moveJob(tx, job, job.filled, [step]);
  }

  /** A job whose days have all begun would find nobody. @throws AppError dayInThePast */
  private async requireComingDay(tx: Tx, job: JobRow): Promise<void> {
    const now = this.clock.now();
    const lines = await this.jobs.listLinesOf(tx, job.job_id as JobId);
    if (lines.some((line) => comingDays(line, job, now).length > 0)) return;
    throw new AppError(jobErrors.dayInThePast, { date: job.last_day });
  }
}
