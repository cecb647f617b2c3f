import type { InviteState } from '@muster/contracts/matching/views';
import type { Generated } from 'kysely';

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
  /** Whether the invite counts towards the few that may wait for a worker at a time. */
  holds_place: Generated<boolean>;
  /**
   * Whether the unique index covers the invite that lets only one invite of a contractor wait for a worker; false for
   * invites from before that index.
   */
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

/**
 * The tables that this slice alone writes; other slices read them through `invites.reader.ts`. `assignment_days` is
 * written by one SQL statement of `AssignmentsRepository` and therefore has no type here.
 */
export interface InviteTables {
  invites: InvitesTable;
  assignments: AssignmentsTable;
  hats_off: HatsOffTable;
}
