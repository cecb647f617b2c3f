import { newId } from '@muster/platform/kernel/ids';
import { sql, type Kysely } from 'kysely';

const OF_JOBS = 'select job_id from jobs where job_id = any($1)';
const OF_INVITES = 'select invite_id from invites where job_id = any($1)';
const OF_ASSIGNMENTS = 'select assignment_id from assignments where job_id = any($1)';
/** Which rows of which table belong to the jobs whose ids `$1` stands for, in the order in which rows refer to each other. */
const ROWS: ReadonlyArray<readonly [table: string, where: string]> = [
  ['jobs', 'job_id = any($1)'],
  ['lines', 'job_id = any($1)'],
  ['invites', 'job_id = any($1)'],
  ['assignments', 'job_id = any($1)'],
  ['slots', 'line_id in (select line_id from lines where job_id = any($1))'],
  ['assignment_days', `assignment_id in (${OF_ASSIGNMENTS})`],
  ['aggregate_versions', `aggregate_id in (select id::text from (${OF_JOBS} union all ${OF_INVITES} union all ${OF_ASSIGNMENTS}) as own (id))`],
];
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * The rows of some jobs, which can be written again under new ids, for a test that needs the same scene many times.
 * Making a scene over HTTP takes a dozen requests, a copy takes one statement for each table. Timers are not copied: such
 * a test calls their handlers itself.
 */
export class SceneCopies<Scene> {
  private constructor(
    private readonly db: Kysely<unknown>,
    private readonly scene: string,
    private readonly rows: ReadonlyArray<readonly [table: string, rows: string]>,
    private readonly kept: ReadonlySet<string>,
  ) {}

  /** @param people ids that stay as they are in each copy; every other id of the scene and its rows becomes a new one */
  static async of<Scene>(db: Kysely<unknown>, scene: Scene, jobs: readonly string[], people: readonly string[]): Promise<SceneCopies<Scene>> {
    const rows: Array<readonly [string, string]> = [];
    for (const [table, where] of ROWS) {
      const found = await sql<{ rows: string | null }>`
        select jsonb_agg(to_jsonb(row))::text as rows from ${sql.table(table)} as row where ${sql.raw(where.replaceAll('$1', `array[${jobs.map((id) => `'${id}'::uuid`).join(', ')}]`))}`.execute(db);
      rows.push([table, found.rows[0]?.rows ?? '[]']);
    }
    return new SceneCopies<Scene>(db, JSON.stringify(scene), rows, new Set(people));
  }

  async copy(): Promise<Scene> {
    const ids = new Map<string, string>();
    const renamed = (text: string): string =>
      text.replace(UUID, (id) => {
        if (this.kept.has(id)) return id;
        const known = ids.get(id) ?? newId();
        ids.set(id, known);
        return known;
      });
    await this.db.transaction().execute(async (tx) => {
      for (const [table, rows] of this.rows) {
        await sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${renamed(rows)}::jsonb)`.execute(tx);
      }
    });
    return JSON.parse(renamed(this.scene)) as Scene;
  }
}
