import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { Database, sqlStateOf, tablesOf, type Tx } from '@muster/platform/database/database';
import { sql, type Selectable } from 'kysely';
import type { JobTables } from '../jobs/job-tables';
import type { AssignmentState } from './assignment.rules';
import type { OfferRow } from './invites.repository';

export type AssignmentRow = Selectable<JobTables['assignments']> &
  Pick<
    OfferRow,
    'title' | 'description' | 'place_id' | 'zone' | 'currency' | 'trade' | 'days' | 'starts_at' | 'ends_at' | 'pay_amount' | 'pay_basis'
  >;

/** Where a page ended: work that is over comes after the work to come. */
export interface AssignmentPosition {
  readonly rank: number;
  readonly id: AssignmentId;
}

export interface NewAssignment {
  readonly assignmentId: AssignmentId;
  readonly jobId: JobId;
  readonly lineId: LineId;
  readonly inviteId: InviteId;
  readonly worker: PersonId;
  readonly contractor: PersonId;
  readonly state: AssignmentState;
  readonly version: number;
  readonly madeAt: Date;
}

/**
 * The instants between which work of a line lasts on a `day`, as the wall clock of the site tells them; for statements
 * in which `l` is the line and `j` its job. Agrees with contracts/kernel/civil-time to the minute.
 */
export const workOfDay = sql`tstzrange(
  (day + l.starts_at) at time zone j.zone,
  (day + l.ends_at + case when l.ends_at <= l.starts_at then interval '1 day' else interval '0' end) at time zone j.zone,
  '[)')`;

const EXCLUSION_VIOLATION = '23P01';

@Injectable()
export class AssignmentsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The days of the line, in order. */
  async daysOf(tx: Tx, lineId: LineId): Promise<string[]> {
    const { days } = await tablesOf<JobTables>(tx)
      .selectFrom('lines')
      .select(sql<string[]>`days::text[]`.as('days'))
      .where('line_id', '=', lineId)
      .executeTakeFirstOrThrow();
    return days;
  }

  async insert(tx: Tx, made: NewAssignment, days: readonly string[]): Promise<void> {
    await tablesOf<JobTables>(tx)
      .insertInto('assignments')
      .values({
        assignment_id: made.assignmentId,
        job_id: made.jobId,
        line_id: made.lineId,
        invite_id: made.inviteId,
        worker: made.worker,
        contractor: made.contractor,
        state: made.state,
        first_day: days[0] as string,
        last_day: days.at(-1) as string,
        version: made.version,
        made_at: made.madeAt,
      })
      .execute();
  }

  /**
   * One row per worked day, from the site's wall clock.
   *
   * @returns false where the worker is booked already; the transaction is lost then
   */
  async book(tx: Tx, assignmentId: AssignmentId): Promise<boolean> {
    try {
      await sql`
        insert into assignment_days (assignment_id, worker, day, during)
        select a.assignment_id, a.worker, day, ${workOfDay}
        from assignments a
        join lines l on l.line_id = a.line_id
        join jobs j on j.job_id = a.job_id
        cross join unnest(l.days) as day
        where a.assignment_id = ${assignmentId}`.execute(tx);
      return true;
    } catch (error) {
      if (sqlStateOf(error) === EXCLUSION_VIOLATION) return false;
      throw error;
    }
  }

  /** All assignments in the order of their ids, with the days that they take. */
  all(tx: Tx, after: string | undefined, limit: number) {
    let query = tablesOf<JobTables>(tx)
      .selectFrom('assignments')
      .selectAll()
      .select(
        sql<string[]>`(select array_agg(day::text order by day) from assignment_days d where d.assignment_id = assignments.assignment_id)`.as('days'),
      );
    if (after !== undefined) query = query.where('assignment_id', '>', after);
    return query.orderBy('assignment_id').limit(limit).execute();
  }

  /** A page of the worker's assignments: those to come, the next first, then those that are over, the latest first. */
  async list(
    worker: PersonId,
    page: { today: string; after?: AssignmentPosition; limit: number },
  ): Promise<Array<{ row: AssignmentRow; rank: number }>> {
    const after = page.after ? sql`and (rank, assignment_id) > (${page.after.rank}, ${page.after.id}::uuid)` : sql``;
    const { rows } = await sql<AssignmentRow & { rank: number }>`
      select * from (
        select a.*, j.title, j.description, j.place_id, j.zone, j.currency, l.trade, l.starts_at, l.ends_at,
          l.pay_amount, l.pay_basis,
          (select array_agg(d.day::text order by d.day) from assignment_days d where d.assignment_id = a.assignment_id) as days,
          case when a.last_day >= ${page.today}::date then a.first_day - date '2000-01-01'
            else 1000000 + (date '2000-01-01' + 100000) - a.last_day end as rank
        from assignments a
        join jobs j on j.job_id = a.job_id
        join lines l on l.line_id = a.line_id
        where a.worker = ${worker}
      ) mine
      where true ${after}
      order by rank, assignment_id
      limit ${page.limit}`.execute(this.database.query());
    return rows.map((row) => ({ row, rank: row.rank }));
  }
}
