import type { EventOf } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { assignmentErrors } from '@muster/contracts/matching/errors';
import { assignmentCancelled } from '@muster/contracts/matching/events';
import type { AssignmentId, LineId } from '@muster/contracts/matching/ids';
import type { ContractorReason, WorkerReason } from '@muster/contracts/matching/views';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import { StepLog } from '../states/step-log';
import type { Step } from '../states/step.rules';
import { Workers } from '../workers/workers';
import { isCancelled, stepOfDropOut, type AssignmentState } from './assignment.rules';
import { AssignmentsRepository, type AssignmentOnly } from './assignments.repository';
import { inviteIdsOf } from './invite-ids';

export interface Cancellation {
  /** The step of an assignment in that state; undefined when it is over. */
  readonly stepOf: (state: AssignmentState) => Step<AssignmentState> | undefined;
  readonly reason: WorkerReason | ContractorReason;
  readonly why: EventOf<typeof assignmentCancelled>['data']['why'];
}

/** Ends assignments before their time. */
@Injectable()
export class CancelledAssignments {
  constructor(
    private readonly repository: AssignmentsRepository,
    private readonly steps: StepLog,
    private readonly workers: Workers,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Finds the line of the worker's assignment, which never changes. @throws AppError notFound */
  async lineOf(worker: PersonId, assignmentId: AssignmentId): Promise<LineId> {
    const lineId = await this.repository.findLineOf(worker, assignmentId);
    if (!lineId) throw new AppError(platformErrors.notFound);
    return lineId;
  }

  /** What a worker who cannot come does to the assignment now; late when its work begins soon. */
  async dropOutOf(tx: Tx, assignmentId: AssignmentId): Promise<Cancellation['stepOf']> {
    const [firstStart, now] = [await this.repository.findFirstStart(tx, assignmentId), this.clock.now()];
    return (state) => stepOfDropOut(state, firstStart, now);
  }

  /**
   * Ends one assignment before its time. One that is cancelled already stays as it is.
   *
   * @returns its state afterwards, and whether it was cancelled by this
   * @throws AppError assignmentOver
   */
  async cancelAssignment(tx: Tx, assignmentId: AssignmentId, cancellation: Cancellation): Promise<{ state: AssignmentState; isNew: boolean }> {
    const [row] = await this.repository.lockAssignments(tx, [assignmentId]);
    if (!row) throw new AppError(platformErrors.notFound);
    const state = row.state as AssignmentState;
    if (isCancelled(state)) return { state, isNew: false };
    const step = cancellation.stepOf(state);
    if (!step) throw new AppError(assignmentErrors.assignmentOver, { state });
    await this.end(tx, [row], cancellation);
    return { state: step.to, isNew: true };
  }

  /** Ends assignments before their time; those that are over stay as they are. @returns those that were cancelled by this */
  async cancelAssignments(tx: Tx, ids: readonly AssignmentId[], cancellation: Cancellation): Promise<AssignmentId[]> {
    return ids.length === 0 ? [] : this.end(tx, await this.repository.lockAssignments(tx, ids), cancellation);
  }

  /** All at once: the days that have not begun are free again, and both sides hear of it. @param rows locked by this transaction */
  private async end(tx: Tx, rows: readonly AssignmentOnly[], { stepOf, reason, why }: Cancellation): Promise<AssignmentId[]> {
    const ending = rows.flatMap((row) => {
      const step = stepOf(row.state as AssignmentState);
      return step ? [{ row, step, assignmentId: row.assignment_id as AssignmentId }] : [];
    });
    const cancelled = ending.map(({ assignmentId }) => assignmentId);
    const days = await this.repository.giveUpDays(tx, cancelled, this.clock.now());
    const versions = await this.outbox.appendEvents(tx, ending.map(({ row, step, assignmentId }) => {
      const facts = inviteIdsOf(row);
      const by = step.actor === 'worker' ? ('worker' as const) : ('contractor' as const);
      const late = step.to === 'cancelled_late';
      return {
        event: assignmentCancelled,
        fact: {
          aggregateId: assignmentId,
          data: { ...facts, assignmentId, by, why, late, days: [...(days.get(assignmentId) ?? [])] },
          recipients: [facts.worker, facts.contractor],
        },
      };
    }));
    await this.repository.saveAssignments(tx, ending.map(({ assignmentId, step }, at) => ({ assignment_id: assignmentId, state: step.to, version: versions[at] as number })));
    await this.steps.recordSteps(tx, ending.map(({ assignmentId, step }) => ({ subject: 'assignment', subjectId: assignmentId, step: { ...step, reason } })));
    await this.workers.recordChanges(tx, ending.map(({ row }) => row.worker as PersonId));
    return cancelled;
  }
}
