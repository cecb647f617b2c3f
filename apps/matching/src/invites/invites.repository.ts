import type { PersonId } from '@muster/contracts/kernel/ids';
import type { AssignmentId, InviteId, LineId } from '@muster/contracts/matching/ids';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Kysely, type Selectable } from 'kysely';
import { bookedDays, calledOff, overlapsAssignment, promisedDays } from '../assignments/assignments.reader';
import { linesWithJobs, type LineWithJob } from '../jobs/lines.reader';
import { pendingStates } from './invite.rules';
import type { InviteTables } from './invite.schema';

export type InviteRow = Selectable<InviteTables['invites']>;

/** An invite with the facts that the worker needs to decide. */
export type OfferRow = InviteRow &
  Omit<LineWithJob, 'line_id' | 'job_id'> & {
    /** All days of the line. */
    days: string[];
    /** The days that the worker promised by accepting; null if the invite was not accepted. */
    promised: string[] | null;
    /** The line's days on which the worker has other work at the same hours. */
    booked: string[];
    /** The work was accepted, and cancelled since. */
    called_off: boolean;
  };

@Injectable()
export class InvitesRepository {
  constructor(private readonly database: Database) {}

  async insertInvite(tx: Tx, invite: Insertable<InviteTables['invites']>): Promise<void> {
    await tablesOf<InviteTables>(tx).insertInto('invites').values(invite).execute();
  }

  /**
   * Locks the contractor's invites to the worker that decide whether the worker may be asked for the line: those of the
   * line, and for any line those that wait or were declined since. Waits for invites that are being answered.
   */
  lockEarlierInvites(
    tx: Tx,
    { contractor, worker, lineId, since }: { contractor: PersonId; worker: PersonId; lineId: LineId; since: Date },
  ): Promise<InviteRow[]> {
    return tablesOf<InviteTables>(tx)
      .selectFrom('invites')
      .selectAll()
      .where('worker', '=', worker)
      .where('contractor', '=', contractor)
      .where((invite) =>
        invite.or([
          invite('line_id', '=', lineId),
          isPendingSql,
          invite.and([invite('state', '=', 'declined'), invite('ended_at', '>', since)]),
        ]),
      )
      .orderBy('invite_id')
      .forNoKeyUpdate()
      .execute();
  }

  /** Finds the line of the worker's invite; undefined if there is no such invite or it is somebody else's. */
  async findLineOf(worker: PersonId, inviteId: InviteId): Promise<LineId | undefined> {
    const row = await this.database
      .query<InviteTables>()
      .selectFrom('invites')
      .select('line_id')
      .where('invite_id', '=', inviteId)
      .where('worker', '=', worker)
      .executeTakeFirst();
    return row?.line_id as LineId | undefined;
  }

  /** Locks the invite; undefined if there is none or it does not belong to that person. */
  lockInvite(tx: Tx, inviteId: InviteId, of: Partial<Pick<InviteRow, 'worker' | 'contractor'>>): Promise<InviteRow | undefined> {
    return this.one(tx, inviteId, of).forNoKeyUpdate().executeTakeFirst();
  }

  /**
   * Locks the invites that an acceptance may change, in the order of their ids: the invite itself, the others that wait
   * for its worker and, with `lineId`, the others that wait on its line.
   */
  lockInviteWithRivals(tx: Tx, { inviteId, worker, lineId }: { inviteId: InviteId; worker: PersonId; lineId?: LineId }): Promise<InviteRow[]> {
    return tablesOf<InviteTables>(tx)
      .selectFrom('invites')
      .selectAll()
      .where((invite) => {
        const rival = lineId === undefined ? invite('worker', '=', worker) : invite.or([invite('worker', '=', worker), invite('line_id', '=', lineId)]);
        return invite.or([invite('invite_id', '=', inviteId), invite.and([isPendingSql, rival])]);
      })
      .orderBy('invite_id')
      .forNoKeyUpdate()
      .execute();
  }

  /** Locks all invites that wait for the worker, in the order of their ids. */
  lockWaitingInvitesOf(tx: Tx, worker: PersonId): Promise<InviteRow[]> {
    return tablesOf<InviteTables>(tx)
      .selectFrom('invites')
      .selectAll()
      .where('worker', '=', worker)
      .where(isPendingSql)
      .orderBy('invite_id')
      .forNoKeyUpdate()
      .execute();
  }

  /** Locks all invites that wait on these lines, in the order of their ids. */
  lockWaitingInvitesOn(tx: Tx, lineIds: readonly LineId[]): Promise<InviteRow[]> {
    return tablesOf<InviteTables>(tx)
      .selectFrom('invites')
      .selectAll()
      .where('line_id', 'in', lineIds)
      .where(isPendingSql)
      .orderBy('invite_id')
      .forNoKeyUpdate()
      .execute();
  }

  /** Finds which of these invites ask for hours that the assignment takes. */
  async listOverlappingInvites(tx: Tx, inviteIds: readonly string[], assignmentId: AssignmentId): Promise<Set<string>> {
    if (inviteIds.length === 0) return new Set();
    const { rows } = await sql<{ invite_id: string }>`
      select i.invite_id from invites i
      join ${linesWithJobs} l on l.line_id = i.line_id
      where i.invite_id = any(${inviteIds}::uuid[]) and exists (
        select from unnest(l.days) work_day where ${overlapsAssignment(assignmentId)}
      )`.execute(tx);
    return new Set(rows.map((row) => row.invite_id));
  }

  /** Saves all of them by one statement; this transaction holds their locks. */
  async saveInvites(tx: Tx, changed: ReadonlyArray<Pick<InviteRow, 'invite_id' | 'state' | 'version' | 'ended_at'>>): Promise<void> {
    await sql`
      update invites set state = changed.state, version = changed.version, ended_at = changed.ended_at
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed(
        invite_id uuid, state text, version bigint, ended_at timestamptz)
      where invites.invite_id = changed.invite_id`.execute(tx);
  }

  /** Stops the invite from counting towards those that may wait for its worker at a time. */
  async releasePlace(tx: Tx, inviteId: InviteId): Promise<void> {
    await tablesOf<InviteTables>(tx).updateTable('invites').set({ holds_place: false }).where('invite_id', '=', inviteId).execute();
  }

  findOffer(worker: PersonId, inviteId: InviteId, tx?: Tx): Promise<OfferRow | undefined> {
    const tables = tx ? tablesOf<InviteTables>(tx) : this.database.query<InviteTables>();
    return offers(tables).where('i.worker', '=', worker).where('i.invite_id', '=', inviteId).executeTakeFirst();
  }

  /** Reads a page of the worker's invites, the newest first. */
  pageOfOffers(worker: PersonId, filter: { openAt?: Date; before?: InviteId }, limit: number): Promise<OfferRow[]> {
    let query = offers(this.database.query<InviteTables>()).where('i.worker', '=', worker);
    if (filter.openAt) query = query.where('i.state', 'in', pendingStates).where('i.expires_at', '>', filter.openAt);
    if (filter.before) query = query.where('i.invite_id', '<', filter.before);
    return query.orderBy('i.invite_id', 'desc').limit(limit).execute();
  }

  /** Reads invites in the order of their ids. */
  snapshotPage(tx: Tx, after: string | undefined, limit: number): Promise<InviteRow[]> {
    let query = tablesOf<InviteTables>(tx).selectFrom('invites').selectAll();
    if (after !== undefined) query = query.where('invite_id', '>', after);
    return query.orderBy('invite_id').limit(limit).execute();
  }

  private one(tx: Tx, inviteId: InviteId, of: Partial<Pick<InviteRow, 'worker' | 'contractor'>>) {
    let query = tablesOf<InviteTables>(tx).selectFrom('invites').selectAll().where('invite_id', '=', inviteId);
    if (of.worker !== undefined) query = query.where('worker', '=', of.worker);
    if (of.contractor !== undefined) query = query.where('contractor', '=', of.contractor);
    return query;
  }
}

// The states are written out, because PostgreSQL uses the partial indexes only for a condition with the same literals.
const isPendingSql = sql<boolean>`state in ('planned', 'sent', 'seen')`;

function offers(tables: Kysely<InviteTables>) {
  return tables
    .selectFrom('invites as i')
    .innerJoin(linesWithJobs.as('l'), 'l.line_id', 'i.line_id')
    .selectAll('i')
    .select(['l.title', 'l.description', 'l.job_state', 'l.place_id', 'l.zone', 'l.currency'])
    .select(['l.trade', 'l.minimum_level', 'l.count', 'l.filled', 'l.starts_at', 'l.ends_at', 'l.pay_amount', 'l.pay_basis'])
    .select(sql<string[]>`l.days::text[]`.as('days'))
    .select([promisedDays.as('promised'), bookedDays.as('booked'), calledOff.as('called_off')]);
}
