import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';

/** What an invite stands between. The assignment that comes of it, and the events of both, name the same. */
export interface InviteIds {
  readonly inviteId: InviteId;
  readonly jobId: JobId;
  readonly lineId: LineId;
  readonly worker: PersonId;
  readonly contractor: PersonId;
}

/** The ids of a row of invites or of assignments. */
export function inviteIdsOf(row: { invite_id: string; job_id: string; line_id: string; worker: string; contractor: string }): InviteIds {
  return {
    inviteId: row.invite_id as InviteId,
    jobId: row.job_id as JobId,
    lineId: row.line_id as LineId,
    worker: row.worker as PersonId,
    contractor: row.contractor as PersonId,
  };
}
