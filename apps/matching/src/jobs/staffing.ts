import type { PersonId } from '@muster/contracts/kernel/ids';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { inviteErrors, jobErrors } from '@muster/contracts/matching/errors';
import type { AssignmentId, JobId, LineId } from '@muster/contracts/matching/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Turns } from '@muster/platform/kernel/turns';
import { Injectable } from '@nestjs/common';
import { StepLog } from '../states/step-log';
import { JobCounts } from './job-counts';
import { JobMoves } from './job-moves';
import { open, startStaffing, stepsWhenFilled, takesPeople } from './job.rules';
import type { JobRow } from './job.schema';
import { type LineRow } from './jobs.repository';
import { comingDays } from './line-work.rules';
import { fill } from './slot.rules';
import { StaffingRepository } from './staffing.repository';

/** A line and its job, both locked by this transaction. */
export interface HeldLine {
  readonly line: LineRow;
  readonly job: JobRow;
  /** The days that had not begun when the line was locked and can still be promised. */
  readonly days: readonly CivilDate[];
}

/** Fills the places of a job: the effects of invites on lines, slots and the state of the job, inside their transactions. */
@Injectable()
export class Staffing {
  private readonly turns = new Turns();

  constructor(
    private readonly repository: StaffingRepository,
    private readonly moves: JobMoves,
    private readonly steps: StepLog,
    private readonly clock: Clock,
    private readonly counts: JobCounts,
  ) {}

  /**
   * Makes callers that will lock the line wait for their turn before they take a connection, so that a line that many
   * want does not occupy the whole pool.
   */
  runInTurn<R>(lineId: LineId, work: () => Promise<R>): Promise<R> {
    return this.turns.takeTurn(lineId, work);
  }

  /** Locks the line, then its job. @returns undefined when there is no such line or it is somebody else's */
  async lockOwnLine(tx: Tx, contractor: PersonId, jobId: JobId, lineId: LineId): Promise<HeldLine | undefined> {
    return (await this.repository.isOwnLine(tx, contractor, jobId, lineId)) ? this.lockLine(tx, lineId) : undefined;
  }

  async lockLine(tx: Tx, lineId: LineId): Promise<HeldLine> {
    const line = await this.repository.lockLine(tx, lineId);
    const job = line && (await this.repository.lockJob(tx, line.job_id as JobId));
    if (!job) throw new Error('an invite is of a line, and a line of a job');
    return { line, job, days: comingDays(line, job, this.clock.now()) };
  }

  /** @throws AppError lineFull, jobNotOpen */
  requirePlace(held: HeldLine): void {
    const { job, days } = held;
    if (this.isFull(held)) throw new AppError(inviteErrors.lineFull);
    if (!takesPeople.has(job.state)) throw new AppError(jobErrors.jobNotOpen, { state: job.state });
    if (days.length === 0) throw new AppError(jobErrors.jobNotOpen, { state: 'expired' });
  }

  /** The first invite of an open job starts its staffing. */
  async recordFirstInvite(tx: Tx, { job }: HeldLine): Promise<void> {
    const step = startStaffing(job.state);
    if (step) await this.moves.moveJob(tx, job, job.filled, [step]);
  }

  isFull({ line }: HeldLine): boolean {
    return line.filled >= line.count;
  }

  /** Whether the line is full once one more place is taken. */
  isLastPlace({ line }: HeldLine): boolean {
    return line.filled + 1 >= line.count;
  }

  /** Gives an open slot of the line to the worker. */
  async fillPlace(tx: Tx, { line, job }: HeldLine, worker: PersonId, assignmentId: AssignmentId): Promise<void> {
    const slot = await this.repository.lockOpenSlot(tx, line.line_id as LineId);
    const step = slot && fill(slot.state);
    if (!step) throw new Error('a line with an open place has an open slot');
    await this.repository.fillSlot(tx, slot.slotId, step.to, assignmentId, worker);
    await this.steps.recordSteps(tx, [{ subject: 'slot', subjectId: slot.slotId, step }]);
    await this.repository.saveFilledCount(tx, line.line_id, line.filled + 1);
    const now = this.clock.now();
    this.counts.countFilledPlace(tx, await this.steps.findStepTime(tx, job.job_id, open.to), now);
    const filled = job.filled + 1;
    const hasBegun = job.first_start !== null && job.first_start <= now;
    await this.moves.moveJob(tx, job, filled, stepsWhenFilled(job.state, { filled, places: job.places }, hasBegun));
  }
}
