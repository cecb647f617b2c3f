import type { ColumnType, Generated, Selectable } from 'kysely';
import type { InviteState, JobState, SlotState } from '@muster/contracts/matching/views';
import type { PayBasis } from '@muster/contracts/kernel/money';
import type { Actor } from '../states/step.rules';

interface JobsTable {
  job_id: string;
  contractor: string;
  state: JobState;
  title: string;
  description: string | null;
  place_id: string;
  zone: string;
  site_latitude: number;
  site_longitude: number;
  radius_km: number;
  currency: string;
  first_day: string;
  last_day: string;
  places: number;
  filled: Generated<number>;
  /** That of the aggregate's last event. */
  version: number;
  created_at: Date;
  /** When work begins on the first of all days of all lines, and ends on the last; null of a job from before they were kept. */
  first_start: Date | null;
  last_end: Date | null;
}

interface LinesTable {
  line_id: string;
  job_id: string;
  place_in_job: number;
  trade: string;
  minimum_level: number;
  count: number;
  filled: Generated<number>;
  /** Read it as `days::text[]`: the driver makes instants of dates in arrays. */
  days: ColumnType<never, string[], never>;
  starts_at: string;
  ends_at: string;
  pay_amount: number;
  pay_basis: PayBasis;
  language: string | null;
}

interface SlotsTable {
  slot_id: string;
  line_id: string;
  place_in_line: number;
  state: SlotState;
  assignment_id: string | null;
  worker: string | null;
}

interface InvitesTable {
  invite_id: string;
  job_id: string;
  line_id: string;
  worker: string;
  contractor: string;
  state: InviteState;
  distance_band: string;
  sent_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  version: number;
  /** Counts towards the few invites that may wait for a worker at a time. */
  holds_place: Generated<boolean>;
  /** Held by the index that lets one invite of a contractor wait for a worker; false of those from before it. */
  one_per_contractor: Generated<boolean>;
}

interface AssignmentsTable {
  assignment_id: string;
  job_id: string;
  line_id: string;
  invite_id: string;
  worker: string;
  contractor: string;
  state: string;
  first_day: string;
  last_day: string;
  version: number;
  made_at: Date;
}

interface HatsOffTable {
  worker: string;
  since: Date;
}

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

/** Jobs and what becomes of them; `assignment_days` is written by one statement of its repository. */
export interface JobTables {
  jobs: JobsTable;
  lines: LinesTable;
  slots: SlotsTable;
  invites: InvitesTable;
  assignments: AssignmentsTable;
  hats_off: HatsOffTable;
  steps: StepsTable;
}

export type JobRow = Selectable<JobsTable>;
