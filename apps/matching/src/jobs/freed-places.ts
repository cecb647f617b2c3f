import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { AssignmentId, JobId, LineId, SlotId } from '@muster/contracts/matching/ids';
import type { JobState } from '@muster/contracts/matching/views';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { StepLog } from '../states/step-log';
import type { Step } from '../states/step.rules';
import { JobMoves } from './job-moves';
import { viewOf } from './job-view.rules';
import { needAgain } from './job.rules';
import type { JobRow } from './job.schema';
import { JobsRepository } from './jobs.repository';
import { reopen } from './slot.rules';
import { Staffing } from './staffing';
import { StaffingRepository, type FilledSlot } from './staffing.repository';

/** Gives places of a job back: what undoes {@link Staffing.fillPlace}. */
@Injectable()
export class FreedPlaces {
  constructor(
    private readonly repository: StaffingRepository,
    private readonly jobs: JobsRepository,
    private readonly staffing: Staffing,
    private readonly moves: JobMoves,
    private readonly steps: StepLog,
  ) {}

  /**
   * Gives places of the job back. A staffed job looks for people again, unless `ends` is the step that ends it.
   *
   * @param job locked after the lines of the slots
   */
  async freePlaces(tx: Tx, job: JobRow, freed: readonly FilledSlot[], ends?: Step<JobState>): Promise<void> {
    const steps = freed.flatMap((slot) => {
      const step = reopen(slot.state);
      return step ? [{ subject: 'slot' as const, subjectId: slot.slotId, step }] : [];
    });
    if (freed.length > 0) await this.repository.freeSlots(tx, freed, reopen.to);
    await this.steps.recordSteps(tx, steps);
    const next = ends ?? (freed.length > 0 ? needAgain(job.state) : undefined);
    await this.moves.moveJob(tx, job, job.filled - freed.length, next ? [next] : []);
  }

  /** The slot of the line that the assignment holds; undefined when it holds none any more. */
  async slotOf(tx: Tx, lineId: LineId, assignmentId: AssignmentId): Promise<FilledSlot | undefined> {
    return (await this.repository.listFilledSlots(tx, [lineId])).find((slot) => slot.assignmentId === assignmentId);
  }

  /** Locks the slot's line and job. @returns who holds the slot, if anybody does; undefined for somebody else's job */
  async lockOwnSlot(tx: Tx, contractor: PersonId, jobId: JobId, slotId: SlotId): Promise<{ job: JobRow; slot: FilledSlot | undefined } | undefined> {
    const lineId = await this.repository.findLineOfSlot(tx, contractor, jobId, slotId);
    if (!lineId) return undefined;
    const { job } = await this.staffing.lockLine(tx, lineId);
    return { job, slot: (await this.repository.listFilledSlots(tx, [lineId])).find((one) => one.slotId === slotId) };
  }

  /** Locks the job with all its lines. @returns its filled slots too; undefined for somebody else's job */
  async lockOwnJob(tx: Tx, contractor: PersonId, jobId: JobId): Promise<{ job: JobRow; lineIds: LineId[]; filled: FilledSlot[] } | undefined> {
    const held = await this.repository.lockOwnJob(tx, contractor, jobId);
    return held && { ...held, filled: await this.repository.listFilledSlots(tx, held.lineIds) };
  }

  /** The contractor's view of the job as this transaction leaves it. @throws AppError notFound */
  async jobForContractor(tx: Tx, contractor: PersonId, jobId: JobId): Promise<ReturnType<typeof viewOf>> {
    const whole = await this.jobs.findWholeJob(tx, contractor, jobId);
    if (!whole) throw new AppError(platformErrors.notFound);
    return viewOf(whole);
  }
}
