import type { PersonId } from '@muster/contracts/kernel/ids';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { Database, sqlStateOf, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import { linesWithJobs, workOfDay, type LineWithJob } from '../jobs/lines.reader';
import type { AssignmentState } from './assignment.rules';
import type { AssignmentTables } from './assignment.schema';

/** An assignment without the work that it is of. */
export type AssignmentOnly = Selectable<AssignmentTables['assignments']>;

export type AssignmentRow = AssignmentOnly &
  Pick<LineWithJob, 'title' | 'description' | 'place_id' | 'zone' | 'currency' | 'trade' | 'starts_at' | 'ends_at' | 'pay_amount' | 'pay_basis'> & {
    /** The days that the assignment takes. */
    days: string[];
  };

/**
 * The position at which a page ended. Which assignments count as over is judged as of the first page, so that none
 * moves between pages.
 */
export interface AssignmentPosition {
  /** Milliseconds since 1970. */
  readonly at: number;
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
 * A number of seconds larger than twice the epoch of any work: minus the end of an assignment that is over, it still
 * ranks behind the start of each coming one.
 */
const OVER_AFTER = 100_000_000_000;
const EXCLUSION_VIOLATION = '23P01';

@Injectable()
export class AssignmentsRepository {
  constructor(private readonly database: Database) {}

  /** Finds the line of the worker's assignment; undefined if there is no such assignment or it is somebody else's. */
  async findLineOf(worker: PersonId, assignmentId: AssignmentId): Promise<LineId | undefined> {
    const row = await this.database
      .query<AssignmentTables>()
      .selectFrom('assignments')
      .select('line_id')
      .where('assignment_id', '=', assignmentId)
      .where('worker', '=', worker)
      .executeTakeFirst();
    return row?.line_id as LineId | undefined;
  }

  /** Locks the assignments, in the order of their ids. */
  lockAssignments(tx: Tx, assignmentIds: readonly AssignmentId[]): Promise<AssignmentOnly[]> {
    return tablesOf<AssignmentTables>(tx)
      .selectFrom('assignments')
      .selectAll()
      .where('assignment_id', 'in', assignmentIds)
      .orderBy('assignment_id')
      .forNoKeyUpdate()
      .execute();
  }

  /** The instant at which the first of the promised days begins. */
  async findFirstStart(tx: Tx, assignmentId: AssignmentId): Promise<Date> {
    const { rows } = await sql<{ first_start: Date }>`
      select min(lower(during)) as first_start from assignment_days where assignment_id = ${assignmentId}`.execute(tx);
    return (rows[0] as { first_start: Date }).first_start;
  }

  /** Gives up the days that have not begun at `now`. @returns them by assignment, in their order */
  async giveUpDays(tx: Tx, assignmentIds: readonly AssignmentId[], now: Date): Promise<ReadonlyMap<string, readonly string[]>> {
    const { rows } = await sql<{ assignment_id: string; days: string[] }>`
      with given as (
        update assignment_days set given_up = true
        where assignment_id = any(${assignmentIds}::uuid[]) and lower(during) > ${now} and not given_up
        returning assignment_id, day
      )
      select assignment_id, array_agg(day::text order by day) as days from given group by assignment_id`.execute(tx);
    return new Map(rows.map(({ assignment_id, days }) => [assignment_id, days]));
  }

  /** Saves all of them by one statement; this transaction holds their locks. */
  async saveAssignments(
    tx: Tx,
    changed: ReadonlyArray<{ readonly assignment_id: AssignmentId; readonly state: AssignmentState; readonly version: number }>,
  ): Promise<void> {
    await sql`
      update assignments set state = changed.state, version = changed.version
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed(assignment_id uuid, state text, version bigint)
      where assignments.assignment_id = changed.assignment_id`.execute(tx);
  }

  async insertAssignment(tx: Tx, made: NewAssignment, days: readonly string[]): Promise<void> {
    await tablesOf<AssignmentTables>(tx)
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
   * Inserts one row per promised day, by the wall clock of the site.
   *
   * @returns false if the worker is booked already; the transaction has to be rolled back then
   */
  async insertBookings(tx: Tx, assignmentId: AssignmentId, days: readonly string[]): Promise<boolean> {
    try {
      await sql`
        insert into assignment_days (assignment_id, worker, day, during)
        select a.assignment_id, a.worker, work_day, ${workOfDay}
        from assignments a
        join ${linesWithJobs} l on l.line_id = a.line_id
        cross join unnest(${days}::date[]) as work_day
        where a.assignment_id = ${assignmentId}`.execute(tx);
      return true;
    } catch (error) {
      if (sqlStateOf(error) === EXCLUSION_VIOLATION) return false;
      throw error;
    }
  }

  /** Reads assignments in the order of their ids, with the days that they take. */
  snapshotPage(tx: Tx, after: string | undefined, limit: number) {
    let query = tablesOf<AssignmentTables>(tx)
      .selectFrom('assignments')
      .selectAll()
      .select(
        sql<string[]>`array(select day::text from assignment_days d where d.assignment_id = assignments.assignment_id and not d.given_up order by day)`.as('days'),
      );
    if (after !== undefined) query = query.where('assignment_id', '>', after);
    return query.orderBy('assignment_id').limit(limit).execute();
  }

  /**
   * Reads a page of the worker's assignments: first those that are not over at `page.at`, the next one first, then
   * those that are over, the latest first.
   */
  async pageOfAssignments(
    worker: PersonId,
    page: { at: Date; after?: AssignmentPosition; limit: number },
  ): Promise<Array<{ row: AssignmentRow; position: AssignmentPosition }>> {
    const after = page.after ? sql`and (rank, assignment_id) > (${page.after.rank}, ${page.after.id}::uuid)` : sql``;
    const { rows } = await sql<AssignmentRow & { rank: number }>`
      select * from (
        select a.*, l.title, l.description, l.place_id, l.zone, l.currency, l.trade, l.starts_at, l.ends_at,
          l.pay_amount, l.pay_basis, work.days,
          case when work.ends > ${page.at} then extract(epoch from work.starts)::bigint
            else ${OVER_AFTER}::bigint - extract(epoch from work.ends)::bigint end as rank
        from assignments a
        join ${linesWithJobs} l on l.line_id = a.line_id
        cross join lateral (
          select array_agg(d.day::text order by d.day) as days, min(lower(d.during)) as starts, max(upper(d.during)) as ends
          from assignment_days d where d.assignment_id = a.assignment_id
        ) work
        where a.worker = ${worker}
      ) mine
      where true ${after}
      order by rank, assignment_id
      limit ${page.limit}`.execute(this.database.query());
    const at = page.at.getTime();
    return rows.map((row) => ({ row, position: { at, rank: row.rank, id: row.assignment_id as AssignmentId } }));
  }
}
