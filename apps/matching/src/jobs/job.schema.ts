import type { PayBasis } from '@muster/contracts/kernel/money';
import type { JobState, SlotState } from '@muster/contracts/matching/views';
import type { ColumnType, Generated, Selectable } from 'kysely';

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
  /** The version of the aggregate's last event. */
  version: number;
  created_at: Date;
  /**
   * The instants at which work of all lines begins on the first day and ends on the last day; null for jobs from before
   * these columns.
   */
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
  /** To be read as `days::text[]`, because the driver turns dates in arrays into instants. */
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

/** The tables that this slice alone writes; other slices read them through `lines.reader.ts`. */
export interface JobTables {
  jobs: JobsTable;
  lines: LinesTable;
  slots: SlotsTable;
}

export type JobRow = Selectable<JobsTable>;
