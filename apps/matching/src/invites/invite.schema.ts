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

/** The tables that this slice alone writes; other slices read them through `invites.reader.ts`. */
export interface InviteTables {
  invites: InvitesTable;
}
