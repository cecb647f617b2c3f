import type { Client } from 'pg';

/** By table, each set of columns that no two of its rows share. */
export type UniqueKeys = ReadonlyMap<string, ReadonlyArray<readonly string[]>>;

/** The keys of all tables of the database, those of partial indexes too. */
export async function uniqueKeys(client: Client): Promise<UniqueKeys> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select indrelid::regclass::text as table, array(
      select attname::text from pg_attribute where attrelid = indrelid and attnum = any(indkey) order by attnum) as columns
    from pg_index where indisunique and indrelid::regclass::text !~ '^pg_'`);
  return new Map(rows.map(({ table }) => [table, rows.filter((row) => row.table === table).map(({ columns }) => columns)]));
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
    const isOrdered = / limit 1$/.test(rest) || ofTable.some((key) => [equal, sorted].some((columns) => key.every((column) => columns.includes(column))));
    return isOrdered ? [] : [part];
  });
}
