import type { Generated } from 'kysely';
import type { Actor } from './step.rules';

interface StepsTable {
  position: Generated<number>;
  subject: 'job' | 'slot' | 'invite' | 'assignment';
  subject_id: string;
  from_state: string | null;
  to_state: string;
  actor: Actor;
  reason: string;
  at: Date;
}

export interface StepTables {
  steps: StepsTable;
}
