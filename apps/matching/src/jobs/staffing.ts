import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { inviteErrors, jobErrors } from '@muster/contracts/matching/errors';
import { jobChanged } from '@muster/contracts/matching/events';
import type { AssignmentId, JobId, LineId } from '@muster/contracts/matching/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import type { Step } from '../states/step.rules';
import { StepLog } from '../states/step-log';
import { fillUp, startStaffing, takesPeople } from './job.rules';
import type { JobRow } from './job-tables';
import { fill } from './slot.rules';
import { StaffingRepository, type LineCount, type TakenSlot } from './staffing.repository';

const MOST_RECIPIENTS = 500;

/** How a job gets its people: what invites do to lines, slots and the job's state, inside their transactions. */
@Injectable()
export class Staffing {
  constructor(
    private readonly repository: StaffingRepository,
    private readonly steps: StepLog,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The contractor's job, when the line still wants people; line and job are locked.
   *
   * @returns undefined when there is no such line or it is somebody else's
   * @throws AppError lineFull, jobNotOpen
   */
  async lineThatWants(tx: Tx, contractor: PersonId, jobId: JobId, lineId: LineId): Promise<JobRow | undefined> {
    const line = await this.repository.lockLine(tx, contractor, jobId, lineId);
    if (!line) return undefined;
    const job = await this.repository.lockJob(tx, jobId);
    if (line.filled >= line.count) throw new AppError(inviteErrors.lineFull);
    this.assertTakesPeople(job, line);
    return job;
  }

  /** The draft is open from now on. */
  async opened(tx: Tx, job: JobRow, step: Step<JobRow['state']>): Promise<void> {
    await this.move(tx, job, job.filled, step);
  }

  /** The first invite of an open job starts its staffing. */
  async invited(tx: Tx, job: JobRow): Promise<void> {
    const step = startStaffing(job.state);
    if (step) await this.move(tx, job, job.filled, step);
  }

  /** @throws AppError lineFull */
  async lockPlace(tx: Tx, lineId: LineId): Promise<TakenSlot> {
    const slot = await this.repository.lockOpenSlot(tx, lineId);
    if (!slot) throw new AppError(inviteErrors.lineFull);
    return slot;
  }

  /**
   * Gives a locked slot to the worker.
   *
   * @returns whether it was the last of the line
   * @throws AppError jobNotOpen
   */
  async fillPlace(
    tx: Tx,
    slot: TakenSlot,
    taken: { jobId: JobId; lineId: LineId; worker: PersonId; assignmentId: AssignmentId },
  ): Promise<{ lineIsFull: boolean }> {
    const step = fill(slot.state);
    if (!step) throw new AppError(inviteErrors.lineFull);
    await this.repository.fillSlot(tx, slot.slotId, step.to, taken.assignmentId, taken.worker);
    await this.steps.add(tx, [{ subject: 'slot', subjectId: slot.slotId, step }]);
    const line = await this.repository.countOnLine(tx, taken.lineId);
    const job = await this.repository.lockJob(tx, taken.jobId);
    this.assertTakesPeople(job, line);
    const filled = job.filled + 1;
    await this.move(tx, job, filled, filled >= job.places ? fillUp(job.state) : startStaffing(job.state));
    return { lineIsFull: line.filled >= line.count };
  }

  private assertTakesPeople(job: JobRow, line: LineCount): void {
    if (!takesPeople.has(job.state)) throw new AppError(jobErrors.jobNotOpen, { state: job.state });
    if (line.lastDay < this.clock.today(job.zone)) throw new AppError(jobErrors.jobNotOpen, { state: 'expired' });
  }

  private async move(tx: Tx, job: JobRow, filled: number, step: Step<JobRow['state']> | undefined): Promise<void> {
    const jobId = job.job_id as JobId;
    const contractor = job.contractor as PersonId;
    const state = step?.to ?? job.state;
    const crew = await this.repository.crewOf(tx, jobId);
    const version = await this.outbox.add(tx, jobChanged, {
      aggregateId: jobId,
      data: { jobId, contractor, state, places: job.places, filled },
      recipients: [contractor, ...crew].slice(0, MOST_RECIPIENTS),
    });
    await this.repository.saveJob(tx, jobId, { state, filled, version });
    if (step) await this.steps.add(tx, [{ subject: 'job', subjectId: jobId, step }]);
  }
}
