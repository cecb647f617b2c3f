import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import type { Step } from './step.rules';
import { StepsRepository } from './steps.repository';

export interface TakenStep {
  readonly subject: 'job' | 'slot' | 'invite' | 'assignment';
  readonly subjectId: string;
  /** `from` is null for the step that created the subject. */
  readonly step: Omit<Step<string>, 'from'> & { readonly from: string | null };
}

/** Records the history of all state machines (actor, states, reason) in the transaction of each step. */
@Injectable()
export class StepLog {
  constructor(
    private readonly steps: StepsRepository,
    private readonly clock: Clock,
  ) {}

  async recordSteps(tx: Tx, taken: readonly TakenStep[]): Promise<void> {
    if (taken.length === 0) return;
    const at = this.clock.now();
    const rows = taken.map(({ subject, subjectId, step }) => ({
      subject,
      subject_id: subjectId,
      from_state: step.from,
      to_state: step.to,
      actor: step.actor,
      reason: step.reason,
      at,
    }));
    await this.steps.insertSteps(tx, rows);
  }

  /** When the subject first came into the state; undefined if no step of it is kept. */
  findStepTime(tx: Tx, subjectId: string, state: string): Promise<Date | undefined> {
    return this.steps.findStepTime(tx, subjectId, state);
  }
}
