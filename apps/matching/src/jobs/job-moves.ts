import type { PersonId } from '@muster/contracts/kernel/ids';
import { jobChanged } from '@muster/contracts/matching/events';
import type { JobId } from '@muster/contracts/matching/ids';
import type { JobState } from '@muster/contracts/matching/views';
import type { Tx } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { StepLog } from '../states/step-log';
import type { Step } from '../states/step.rules';
import { JobCounts } from './job-counts';
import type { Crew } from './job.rules';
import type { JobRow } from './job.schema';
import type { NewJob } from './jobs.repository';
import { StaffingRepository } from './staffing.repository';

const MOST_RECIPIENTS = 500;
const described = { from: null, to: 'draft' satisfies JobState, actor: 'contractor', reason: 'described' } as const;

/**
 * Changes the state of jobs; nothing else does. Writes the row, the recorded steps and one event for the contractor and
 * the crew.
 */
@Injectable()
export class JobMoves {
  constructor(
    private readonly repository: StaffingRepository,
    private readonly steps: StepLog,
    private readonly outbox: Outbox,
    private readonly counts: JobCounts,
  ) {}

  /** Takes the first step of a new job. @returns the version of the new job */
  async insertDescribedJob(tx: Tx, job: Pick<NewJob, 'job_id' | 'contractor' | 'places'>): Promise<number> {
    const jobId = job.job_id as JobId;
    const contractor = job.contractor as PersonId;
    await this.steps.recordSteps(tx, [{ subject: 'job', subjectId: jobId, step: described }]);
    this.counts.countJobSteps(tx, [described.to], job);
    return this.outbox.appendEvent(tx, jobChanged, {
      aggregateId: jobId,
      data: { jobId, contractor, state: described.to, places: job.places, filled: 0 },
      recipients: [contractor],
    });
  }

  /**
   * @param job locked by this transaction @param steps in their order; empty if only the number of filled places has
   * changed
   */
  async moveJob(tx: Tx, job: JobRow, filled: number, steps: readonly Step<JobState>[]): Promise<void> {
    const jobId = job.job_id as JobId;
    const contractor = job.contractor as PersonId;
    const state = steps.at(-1)?.to ?? job.state;
    const crew = await this.repository.listCrewOf(tx, jobId);
    const version = await this.outbox.appendEvent(tx, jobChanged, {
      aggregateId: jobId,
      data: { jobId, contractor, state, places: job.places, filled },
      recipients: [contractor, ...crew].slice(0, MOST_RECIPIENTS),
    });
    await this.repository.saveJob(tx, jobId, { state, filled, version });
    await this.steps.recordSteps(tx, steps.map((step) => ({ subject: 'job', subjectId: jobId, step })));
    this.counts.countJobSteps(tx, steps.map(({ to }) => to), job);
  }

  /** Takes the steps that are due at this time. @param stepsOf returns no step if the job keeps its state */
  async moveJobWithTime(tx: Tx, jobId: JobId, stepsOf: (state: JobState, crew: Pick<Crew, 'filled'>) => readonly Step<JobState>[]): Promise<void> {
    const job = await this.repository.lockJob(tx, jobId);
    const steps = job ? stepsOf(job.state, job) : [];
    if (job && steps.length > 0) await this.moveJob(tx, job, job.filled, steps);
  }
}
