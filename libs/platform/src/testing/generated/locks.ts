import type { Client } from 'pg';

/** Columns of which no two rows of a table share the values; for a partial index only rows of which `where` is true. */
interface UniqueKey {
  readonly columns: readonly string[];
  readonly where: string | null;
}

/** The keys of each table, by its name. */
export type UniqueKeys = ReadonlyMap<string, readonly UniqueKey[]>;

/** The keys of all tables of the database; not those over expressions, which no column of a statement shows. */
export async function uniqueKeys(client: Client): Promise<UniqueKeys> {
  const { rows } = await client.query<UniqueKey & { table: string }>(`
    select indrelid::regclass::text as table, pg_get_expr(indpred, indrelid) as where, array(
      select attname::text from pg_attribute where attrelid = indrelid and attnum = any(indkey) order by attnum) as columns
    from pg_index where indisunique and indexprs is null and indrelid::regclass::text !~ '^pg_'`);
  return new Map(rows.map(({ table }) => [table, rows.filter((row) => row.table === table).map(({ columns, where }) => ({ columns, where }))]));
}

/**
 * What locks rows in an order that only their places on the disk decide: two such statements that want the same rows can
 * each hold what the other waits for.
 *
 * @param form a statement with `$` for its values
 * @returns the part of it that locks, for each that neither sorts by a key, nor names one row by its key, nor takes one
 *   row, nor passes over rows that somebody else holds
 */
export function unorderedLocks(form: string, keys: UniqueKeys): string[] {
  const parts = [...form.matchAll(/\bfrom "?(\w+)"?((?:(?!\bfrom\b).)*?) for (?:no key )?(?:update|share|key share)(?! skip locked)/gs)];
  return parts.flatMap(([part, table = '', rest = '']) => {
    const ofTable = keys.get(table) ?? [];
    const equal = / or /.test(rest) ? [] : [...rest.matchAll(/"?(\w+)"? = \$/g)].map(([, column]) => column ?? '');
    const sorted = /order by ([\w", ]+)$/.exec(rest)?.[1]?.split(', ').map((column) => column.replaceAll('"', '')) ?? [];
    const namesOne = ({ columns, where }: UniqueKey) => columns.every((column) => equal.includes(column)) && (where === null || plain(rest).includes(plain(where)));
    // Behind a whole key nothing decides any more; before it, two statements could sort by different things.
    const sortsByKey = ({ columns, where }: UniqueKey) => where === null && columns.every((column) => sorted.slice(0, columns.length).includes(column));
    return / limit 1$/.test(rest) || ofTable.some((key) => namesOne(key) || sortsByKey(key)) ? [] : [part];
  });
}

/**
 * Normalises a condition, without quotes of names, casts and brackets, which PostgreSQL and the driver write
 * differently.
 */
function plain(condition: string): string {
  return condition.replace(/::[\w ]+?(?=[)\s]|$)|["()]/g, '');
}
