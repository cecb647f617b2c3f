import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import type { JobState } from '@muster/contracts/matching/views';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { sql, type Insertable, type Kysely, type Selectable } from 'kysely';
import type { JobTables } from '../jobs/job-tables';
import { workOfDay } from './assignments.repository';
import { pendingStates } from './invite.rules';

export type InviteRow = Selectable<JobTables['invites']>;

/** With what the worker needs to say yes or no. */
export type OfferRow = InviteRow &
  Pick<Selectable<JobTables['jobs']>, 'title' | 'description' | 'place_id' | 'zone' | 'currency'> &
  Pick<
    Selectable<JobTables['lines']>,
    'trade' | 'minimum_level' | 'count' | 'filled' | 'starts_at' | 'ends_at' | 'pay_amount' | 'pay_basis'
  > & {
    job_state: JobState;
    /** All days of the line. */
    days: string[];
    /** The days that were promised by accepting; null where it was not accepted. */
    promised: string[] | null;
    /** The line's days on which the worker has other work at the same hours. */
    booked: string[];
  };

@Injectable()
export class InvitesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async insert(tx: Tx, invite: Insertable<JobTables['invites']>): Promise<void> {
    await tablesOf<JobTables>(tx).insertInto('invites').values(invite).execute();
  }

  async hasInvite(tx: Tx, jobId: JobId, worker: PersonId): Promise<boolean> {
    const found = await tablesOf<JobTables>(tx)
      .selectFrom('invites')
      .select('invite_id')
      .where('job_id', '=', jobId)
      .where('worker', '=', worker)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Invites of the worker that wait for an answer. */
  async countWaiting(tx: Tx, worker: PersonId): Promise<number> {
    const { waiting } = await tablesOf<JobTables>(tx)
      .selectFrom('invites')
      .select((invite) => invite.fn.countAll<number>().as('waiting'))
      .where('worker', '=', worker)
      .where(isPendingSql)
      .executeTakeFirstOrThrow();
    return waiting;
  }

  /** Undefined when there is none or it is not that person's. */
  find(tx: Tx, inviteId: InviteId, of: Partial<Pick<InviteRow, 'worker' | 'contractor'>>): Promise<InviteRow | undefined> {
    return this.one(tx, inviteId, of).executeTakeFirst();
  }

  findForUpdate(tx: Tx, inviteId: InviteId, of: Partial<Pick<InviteRow, 'worker' | 'contractor'>>): Promise<InviteRow | undefined> {
    return this.one(tx, inviteId, of).forUpdate().executeTakeFirst();
  }

  /** All that wait on the line, locked in the order of their ids. */
  waitingOnLine(tx: Tx, lineId: LineId): Promise<InviteRow[]> {
    return tablesOf<JobTables>(tx)
      .selectFrom('invites')
      .selectAll()
      .where('line_id', '=', lineId)
      .where(isPendingSql)
      .orderBy('invite_id')
      .forUpdate()
      .execute();
  }

  async save(tx: Tx, inviteId: string, changed: Pick<InviteRow, 'state' | 'version' | 'ended_at'>): Promise<void> {
    await tablesOf<JobTables>(tx).updateTable('invites').set(changed).where('invite_id', '=', inviteId).execute();
  }

  offer(worker: PersonId, inviteId: InviteId, tx?: Tx): Promise<OfferRow | undefined> {
    const tables = tx ? tablesOf<JobTables>(tx) : this.database.query<JobTables>();
    return offers(tables).where('i.worker', '=', worker).where('i.invite_id', '=', inviteId).executeTakeFirst();
  }

  /** A page of the worker's invites, the newest first. */
  offers(worker: PersonId, filter: { openAt?: Date; before?: InviteId; limit: number }): Promise<OfferRow[]> {
    let query = offers(this.database.query<JobTables>()).where('i.worker', '=', worker);
    if (filter.openAt) query = query.where('i.state', 'in', pendingStates).where('i.expires_at', '>', filter.openAt);
    if (filter.before) query = query.where('i.invite_id', '<', filter.before);
    return query.orderBy('i.invite_id', 'desc').limit(filter.limit).execute();
  }

  /** All invites in the order of their ids. */
  all(tx: Tx, after: string | undefined, limit: number): Promise<InviteRow[]> {
    let query = tablesOf<JobTables>(tx).selectFrom('invites').selectAll();
    if (after !== undefined) query = query.where('invite_id', '>', after);
    return query.orderBy('invite_id').limit(limit).execute();
  }

  private one(tx: Tx, inviteId: InviteId, of: Partial<Pick<InviteRow, 'worker' | 'contractor'>>) {
    let query = tablesOf<JobTables>(tx).selectFrom('invites').selectAll().where('invite_id', '=', inviteId);
    if (of.worker !== undefined) query = query.where('worker', '=', of.worker);
    if (of.contractor !== undefined) query = query.where('contractor', '=', of.contractor);
    return query;
  }
}

// Written out, because the partial indexes are used only where the planner sees the same words.
const isPendingSql = sql<boolean>`state in ('planned', 'sent', 'seen')`;

function offers(tables: Kysely<JobTables>) {
  return tables
    .selectFrom('invites as i')
    .innerJoin('jobs as j', 'j.job_id', 'i.job_id')
    .innerJoin('lines as l', 'l.line_id', 'i.line_id')
    .selectAll('i')
    .select(['j.title', 'j.description', 'j.state as job_state', 'j.place_id', 'j.zone', 'j.currency'])
    .select(['l.trade', 'l.minimum_level', 'l.count', 'l.filled', 'l.starts_at', 'l.ends_at', 'l.pay_amount', 'l.pay_basis'])
    .select(sql<string[]>`l.days::text[]`.as('days'))
    .select(
      sql<string[] | null>`(
        select array_agg(d.day::text order by d.day) from assignments a
        join assignment_days d on d.assignment_id = a.assignment_id where a.invite_id = i.invite_id
      )`.as('promised'),
    )
    .select(
      sql<string[]>`array(
        select day::text from unnest(l.days) day
        where i.state in ('planned', 'sent', 'seen') and exists (
          select from assignment_days b where b.worker = i.worker and b.during && ${workOfDay}
        )
      )`.as('booked'),
    );
}
