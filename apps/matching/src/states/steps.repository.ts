import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@muster/platform/clock/clock';
import { tablesOf, type Tx } from '@muster/platform/database/database';
import type { JobTables } from '../jobs/job-tables';
import type { Step } from './step.rules';

export interface TakenStep {
  readonly subject: 'job' | 'slot' | 'invite' | 'assignment';
  readonly subjectId: string;
  /** `from` is null where the thing came into being. */
  readonly step: Omit<Step<string>, 'from'> & { readonly from: string | null };
}

/** Who took which state machine from where to where, and why. */
@Injectable()
export class StepsRepository {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  async add(tx: Tx, steps: readonly TakenStep[]): Promise<void> {
    if (steps.length === 0) return;
    const at = this.clock.now();
    await tablesOf<JobTables>(tx)
      .insertInto('steps')
      .values(
        steps.map(({ subject, subjectId, step }) => ({
          subject,
          subject_id: subjectId,
          from_state: step.from,
          to_state: step.to,
          actor: step.actor,
          reason: step.reason,
          at,
        })),
      )
      .execute();
  }
}
