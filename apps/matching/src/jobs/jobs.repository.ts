import type { PersonId } from '@muster/contracts/kernel/ids';
import type { JobId, LineId } from '@muster/contracts/matching/ids';
import type { JobState } from '@muster/contracts/matching/views';
import { Database, tablesOf, type Tx } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Kysely, type Selectable } from 'kysely';
import { askedWorkers, waitingInvitesOf, type AskedWorkerRow, type WaitingInviteRow } from '../invites/invites.reader';
import { REST_MS } from './asking.rules';
import type { JobRow, JobTables } from './job.schema';

export type NewJob = Insertable<JobTables['jobs']>;
export type NewLine = Insertable<JobTables['lines']>;
export type LineRow = Omit<Selectable<JobTables['lines']>, 'days'> & { days: string[] };
export type SlotRow = Selectable<JobTables['slots']>;

export interface WholeJob {
  readonly job: JobRow;
  readonly lines: readonly LineRow[];
  readonly slots: readonly SlotRow[];
  readonly waiting: readonly WaitingInviteRow[];
}

export interface LineToRank {
  readonly job: Omit<JobRow, 'created_at'>;
  readonly line: LineRow;
  readonly asked: readonly AskedWorkerRow[];
}

@Injectable()
export class JobsRepository {
  constructor(private readonly database: Database) {}

  async insertJob(tx: Tx, job: NewJob, lines: readonly NewLine[], slots: readonly SlotRow[]): Promise<void> {
    const tables = tablesOf<JobTables>(tx);
    await tables.insertInto('jobs').values(job).execute();
    await tables.insertInto('lines').values([...lines]).execute();
    await tables.insertInto('slots').values([...slots]).execute();
  }

  /** Locks the contractor's job; undefined if there is none or it is somebody else's. */
  lockOwnJob(tx: Tx, contractor: PersonId, jobId: JobId): Promise<JobRow | undefined> {
    return tablesOf<JobTables>(tx)
      .selectFrom('jobs')
      .selectAll()
      .where('job_id', '=', jobId)
      .where('contractor', '=', contractor)
      .forNoKeyUpdate()
      .executeTakeFirst();
  }

  /** Counts the places of the contractor's opened jobs that nobody holds yet. */
  async countOpenPlaces(tx: Tx, contractor: PersonId): Promise<number> {
    const { waiting } = await tablesOf<JobTables>(tx)
      .selectFrom('jobs')
      .select(sql<number>`coalesce(sum(places - filled), 0)::integer`.as('waiting'))
      .where('contractor', '=', contractor)
      .where('state', 'in', ['open', 'staffing'])
      .executeTakeFirstOrThrow();
    return waiting;
  }

  async hasAnyJob(contractor: PersonId): Promise<boolean> {
    const row = await this.database.query<JobTables>().selectFrom('jobs').select('job_id').where('contractor', '=', contractor).limit(1).executeTakeFirst();
    return row !== undefined;
  }

  /** Reads a page of the contractor's jobs, the newest first. */
  pageOfJobs(contractor: PersonId, filter: { state?: JobState; before?: JobId }, limit: number): Promise<JobRow[]> {
    let query = this.database.query<JobTables>().selectFrom('jobs').selectAll().where('contractor', '=', contractor);
    if (filter.state) query = query.where('state', '=', filter.state);
    if (filter.before) query = query.where('job_id', '<', filter.before);
    return query.orderBy('job_id', 'desc').limit(limit).execute();
  }

  /** Finds the contractor's job; undefined if there is none or it is somebody else's. */
  findOwnJob(contractor: PersonId, jobId: JobId): Promise<WholeJob | undefined> {
    return this.database.transaction((tx) => this.findWholeJob(tx, contractor, jobId), { isolation: 'repeatable read', readOnly: true });
  }

  listLinesOf(tx: Tx, jobId: JobId): Promise<LineRow[]> {
    return lineColumns(tablesOf<JobTables>(tx)).where('job_id', '=', jobId).orderBy('place_in_job').execute();
  }

  async findWholeJob(tx: Tx, contractor: PersonId, jobId: JobId): Promise<WholeJob | undefined> {
    const tables = tablesOf<JobTables>(tx);
    const job = await tables
      .selectFrom('jobs')
      .selectAll()
      .where('job_id', '=', jobId)
      .where('contractor', '=', contractor)
      .executeTakeFirst();
    if (!job) return undefined;
    const lines = await this.listLinesOf(tx, jobId);
    const ids = lines.map((line) => line.line_id);
    const slots = await tables.selectFrom('slots').selectAll().where('line_id', 'in', ids).orderBy('place_in_line').execute();
    const waiting = await waitingInvitesOf(tx, ids);
    return { job, lines, slots, waiting };
  }

  /** Reads jobs in the order of their ids. */
  snapshotPage(tx: Tx, after: string | undefined, limit: number): Promise<JobRow[]> {
    let query = tablesOf<JobTables>(tx).selectFrom('jobs').selectAll();
    if (after !== undefined) query = query.where('job_id', '>', after);
    return query.orderBy('job_id').limit(limit).execute();
  }

  /**
   * Reads by one query the contractor's line with its job, and the contractor's invites that decide who may be asked
   * for the line: those of the line, and for any line those that wait or were declined within the last day.
   */
  async findLineToRank(contractor: PersonId, jobId: JobId, lineId: LineId, now: Date): Promise<LineToRank | undefined> {
    const { rows } = await sql<LineToRank & { asked: Array<Record<keyof AskedWorkerRow, string>> | null }>`
      select to_jsonb(j) as job, to_jsonb(l) as line, ${askedWorkers(new Date(now.getTime() - REST_MS))} as asked
      from jobs j join lines l on l.job_id = j.job_id
      where j.job_id = ${jobId} and l.line_id = ${lineId} and j.contractor = ${contractor}`.execute(this.database.query());
    const row = rows[0];
    return row && { ...row, asked: (row.asked ?? []).map(askedWorker) };
  }
}

/** Restores the instants of an invite, which JSON carries as text. */
function askedWorker({ worker, line_id, state, expires_at, ended_at }: Record<keyof AskedWorkerRow, string | null>): AskedWorkerRow {
  return {
    worker: worker as string,
    line_id: line_id as string,
    state: state as AskedWorkerRow['state'],
    expires_at: new Date(expires_at as string),
    ended_at: ended_at === null ? null : new Date(ended_at),
  };
}

/** The columns of a line, with its days as text. */
export const lineColumns = (tables: Kysely<JobTables>) =>
  tables
    .selectFrom('lines')
    .select([
      'line_id', 'job_id', 'place_in_job', 'trade', 'minimum_level', 'count', 'filled', 'starts_at', 'ends_at',
      'pay_amount', 'pay_basis', 'language', sql<string[]>`days::text[]`.as('days'),
    ]);
