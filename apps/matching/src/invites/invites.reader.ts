import type { InviteState } from '@muster/contracts/matching/views';
import type { Tx } from '@muster/platform/database/database';
import { sql } from 'kysely';

/** An invite that waits for its worker's answer, as the job that it belongs to shows it. */
export interface WaitingInviteRow {
  invite_id: string;
  line_id: string;
  worker: string;
  state: InviteState;
  expires_at: Date;
}

/** What an earlier invite tells about whether its worker may be asked again. */
export interface AskedWorkerRow {
  worker: string;
  line_id: string;
  state: InviteState;
  expires_at: Date;
  ended_at: Date | null;
}

/** The invites of these lines that wait for an answer, in the order of their ids. */
export async function waitingInvitesOf(tx: Tx, lineIds: readonly string[]): Promise<WaitingInviteRow[]> {
  const { rows } = await sql<WaitingInviteRow>`
    select invite_id, line_id, worker, state, expires_at from invites
    where line_id = any(${lineIds}::uuid[]) and state in ('planned', 'sent', 'seen') order by invite_id`.execute(tx);
  return rows;
}

/**
 * A JSON array of the invites that decide who may be asked for the line `l` of the job `j`: those of the line, and those
 * of the contractor for any line that wait or were declined after `declinedSince`. Null when there are none.
 */
export const askedWorkers = (declinedSince: Date) => sql`(
  select json_agg(asked) from (
    select invite_id, worker, line_id, state, expires_at, ended_at from invites where line_id = l.line_id
    union
    select invite_id, worker, line_id, state, expires_at, ended_at from invites
    where contractor = j.contractor and state in ('planned', 'sent', 'seen')
    union
    select invite_id, worker, line_id, state, expires_at, ended_at from invites
    where contractor = j.contractor and state = 'declined' and ended_at > ${declinedSince}
  ) asked
)`;

/** How many invites wait for the worker `d.person_id` and count towards the few that may wait at a time. */
export const pendingInvitesOfWorker = sql`(
  select count(*)::integer from invites where worker = d.person_id and state in ('planned', 'sent', 'seen') and holds_place
)`;
