import { sql } from 'kysely';
import type { Database } from '../../database/database';

/**
 * Tables that move without a request: numbering, receiving and leasing of events. The outbox, the timers and
 * the tasks are counted instead of summed, for numbering and leasing write into their rows.
 */
const housekeeping = ['event_numbering', 'consumers', 'received', 'inbox', 'inbox_lanes', 'rebuilds'];
const counted = ['outbox', 'timers', 'tasks'];
const TRIES = 3;

type Digest = ReadonlyMap<string, string>;

/** Sees whether a piece of work changed anything that the service keeps. */
export class TableDigest {
  private constructor(
    private readonly database: Database,
    private readonly statement: string,
    /** The columns of all compared tables. */
    readonly columns: readonly string[],
  ) {}

  static async of(database: Database): Promise<TableDigest> {
    const { rows } = await sql<{ name: string; columns: string[] }>`
      select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and has_table_privilege(c.oid, 'select')
      group by c.relname order by c.relname`.execute(database.query());
    const tables = rows.filter(({ name }) => !housekeeping.includes(name));
    if (tables.length === 0) throw new Error('the service has no tables to look at');
    const parts = tables.map(({ name }) => {
      const sum = counted.includes(name) ? `''` : `coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text`;
      return `select '${name}' as name, count(*)::text || ' ' || ${sum} as digest from "${name}" t`;
    });
    return new TableDigest(database, parts.join(' union all '), [...new Set(tables.flatMap(({ columns }) => columns))]);
  }

  /**
   * The tables that `work` changes. What a consumer did meanwhile is not the work's: only what changes each of three
   * times counts.
   *
   * @param prepare makes what the work needs; may change anything
   */
  async changedBy<Needs>(prepare: () => Promise<Needs>, work: (needs: Needs) => Promise<unknown>): Promise<string[]> {
    let suspects: Set<string> | undefined;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const needs = await prepare();
      const before = await this.take();
      await work(needs);
      const after = await this.take();
      const changed = [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
      suspects = new Set(suspects === undefined ? changed : changed.filter((name) => suspects?.has(name)));
      if (suspects.size === 0) return [];
    }
    return [...(suspects ?? [])];
  }

  private async take(): Promise<Digest> {
    const { rows } = await sql.raw<{ name: string; digest: string }>(this.statement).execute(this.database.query());
    return new Map(rows.map(({ name, digest }) => [name, digest]));
  }
}
