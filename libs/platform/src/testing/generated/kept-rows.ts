import type { Client } from 'pg';
import { seedTables } from './seeded-tables';

/** Even, and so few that no column of a seeded row is null. */
const SEEDED = 10;

/** A table whose comment says `kept: <for> after <columns>`. */
interface KeptTable {
  readonly table: string;
  /** The time in the form of PostgreSQL's intervals. */
  readonly kept: string;
  readonly columns: readonly string[];
  /** With several columns, whether one old column is enough or all have to be old. */
  readonly by: 'any' | 'all';
}

/** @throws Error where a comment names no columns of its table */
export async function keptTables(client: Client): Promise<KeptTable[]> {
  const { rows } = await client.query<{ table: string; comment: string }>(`
    select relname as table, obj_description(oid, 'pg_class') as comment from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and obj_description(oid, 'pg_class') like 'kept: % after %' order by relname`);
  return rows.map(({ table, comment }) => {
    const [, kept = '', columns = ''] = /^kept: (\d+ (?:hours|days)) after (\w+(?:(?: and \w+)+|(?: or \w+)+)?)$/.exec(comment) ?? [];
    if (columns === '') throw new Error(`${table} says “${comment}”, which is no time after columns`);
    return { table, kept, columns: columns.split(/ and | or /), by: columns.includes(' or ') ? 'any' : 'all' };
  });
}

/**
 * Fills the tables anew: half of the rows are older than they may become, and the others a little younger. Of several
 * columns a row has one that differs from the others wherever that must not matter, each column in its turn: one is
 * enough for a row to be old, or one is not.
 */
export async function seedKeptTables(client: Client, tables: readonly KeptTable[]): Promise<void> {
  for (const { table } of tables) await client.query(`truncate "${table}"`); // of what the service's start has written
  await seedTables(client, SEEDED, new Set(tables.map(({ table }) => table)));
  for (const { table, kept, columns, by } of tables) {
    // Rows counted in days are more than one day from their end, so that no midnight comes between here and the
    // cleanup.
    const younger = kept.endsWith('days') ? '30 hours' : '30 minutes';
    const isOldRow = 'nth % 2 = 0';
    const isItsTurn = (index: number) => `nth / 2 % ${columns.length} = ${index}`;
    const isOld = (index: number) => (columns.length === 1 ? isOldRow : by === 'any' ? `${isOldRow} and ${isItsTurn(index)}` : `${isOldRow} or ${isItsTurn(index)}`);
    const moment = (index: number) => `now() - interval '${kept}' + case when ${isOld(index)} then interval '-49 hours' else interval '${younger}' end`;
    await client.query(`
      update "${table}" t set ${columns.map((column, index) => `"${column}" = ${moment(index)}`).join(', ')}
      from (select tableoid, ctid, row_number() over () as nth from "${table}") numbered
      where t.tableoid = numbered.tableoid and t.ctid = numbered.ctid`);
  }
}

/**
 * Finds rows that are there although their time is over, and rows that are gone too soon. Days are compared, because
 * one table counts in days.
 */
export async function retentionFaults(client: Client, tables: readonly KeptTable[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { table, kept, columns, by } of tables) {
    const isOld = `${by === 'any' ? 'least' : 'greatest'}(${columns.map((column) => `"${column}"`).join(', ')})::date < (now() - interval '${kept}' - interval '10 hours')::date`;
    const { rows } = await client.query<{ old: number; young: number }>(`
      select (count(*) filter (where ${isOld}))::int as old, (count(*) filter (where not ${isOld}))::int as young from "${table}"`);
    const { old = 0, young = 0 } = rows[0] ?? {};
    if (old > 0) faults.push(`${table} has ${old} rows that are older than ${kept} after ${columns.join(', ')}`);
    if (young < SEEDED / 2) faults.push(`${table} has lost rows that are younger than ${kept} after ${columns.join(', ')}`);
  }
  return faults;
}
