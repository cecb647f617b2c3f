import type { Client } from 'pg';

/** The number of rows about each thing that a table refers to. */
const FAN_OUT = 50;

/** Columns that have a value only when something went wrong. */
const rare = new Set(['parked_at', 'failed_event', 'last_error', 'given_up_at']);

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Alone or last in a unique index, days and words left aside: a value for each row. */
  readonly unique: boolean;
  /** Words that a check constraint allows. */
  readonly words: readonly string[];
  readonly given: boolean;
}

/**
 * Fills every table that grows (all but those whose migration says that they keep few rows), with values made from the
 * number of the row alone, so that plans are the same each time, and lets the planner think of a disk without a moving
 * head. References and checks are dropped first: nobody writes into this database, and the planner asks about none.
 *
 * @param only these tables
 * @returns the tables that have many rows now, partitions by their own names
 */
export async function seedTables(client: Client, rows: number, only?: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const { rows: tables } = await client.query<{ name: string }>(`
    select relname as name from pg_class join pg_namespace n on n.oid = relnamespace
    where nspname = 'public' and relkind in ('r', 'p') and not relispartition
      and obj_description(pg_class.oid, 'pg_class') is distinct from 'kept: few rows' order by relname`);
  const growing = tables.map(({ name }) => name).filter((name) => only?.has(name) ?? true);
  const columns = new Map<string, Column[]>();
  for (const table of growing) columns.set(table, await columnsOf(client, table));
  const { rows: constraints } = await client.query<{ drop: string }>(`
    select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as drop
    from pg_constraint join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = relnamespace
    where nspname = 'public' and contype in ('f', 'c', 'x') and coninhcount = 0`);
  await client.query(`set synchronous_commit = off; set default_statistics_target = 1000; set random_page_cost = 1.1; ${constraints.map(({ drop }) => drop).join(';')}`);
  for (const [table, all] of columns) {
    const given = all.filter((column) => !column.given);
    await client.query(`
      insert into "${table}" (${given.map(({ name }) => `"${name}"`).join()})
      select ${given.map((column) => valueOf(column, rows)).join()} from generate_series(1, ${rows}) n`).catch((error: unknown) => {
      throw new Error(`${table} could not be filled`, { cause: error });
    });
  }
  await client.query('analyze');
  const { rows: large } = await client.query<{ name: string }>(`select relname as name from pg_class where relkind = 'r' and reltuples >= ${rows / 20}`);
  return new Set(large.map(({ name }) => name));
}

async function columnsOf(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column & { checks: string[] }>(`
    select attname as name, format_type(atttypid, null) as type, not attnotnull as nullable,
      attidentity <> '' or attgenerated <> '' or coalesce(pg_get_expr(adbin, adrelid) like 'nextval%', false) as given,
      exists (select from pg_index where indrelid = a.attrelid and indisunique and a.attnum = (
        select key from unnest(indkey::smallint[]) with ordinality as keys (key, nth)
        join pg_attribute of on of.attrelid = indrelid and of.attnum = key
        where of.atttypid <> 'date'::regtype and nth <= indnkeyatts and not exists (
          select from pg_constraint where conrelid = indrelid and contype = 'c' and conkey = array[of.attnum])
        order by nth desc limit 1
      )) as unique,
      array(select pg_get_constraintdef(c.oid) from pg_constraint c where conrelid = attrelid and contype = 'c' and conkey = array[attnum]) as checks
    from pg_attribute a left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = '"${table}"'::regclass and attnum > 0 and not attisdropped order by attnum`);
  return rows.map(({ checks, ...column }) => ({ ...column, words: checks.flatMap((check) => [...check.matchAll(/'([^']+)'::text/g)].map(([, word]) => word as string)) }));
}

/** An expression over `n`, the number of the row. */
function valueOf({ name, type, nullable, unique, words }: Column, rows: number): string {
  const about = Math.max(1, Math.floor(rows / FAN_OUT));
  const nth = unique ? 'n' : `(n % ${about})`;
  const value = ((): string => {
    if (words.length > 0) return `(array[${words.map((word) => `'${word}'`).join()}])[1 + n % ${words.length}]`;
    switch (type) {
      case 'uuid': return `md5('${name}' || ${nth})::uuid`;
      case 'text': return `'${name} ' || ${unique ? 'n' : '(n % 100)'}`;
      case 'bytea': return `sha256(('${name}' || ${nth})::bytea)`;
      case 'boolean': return 'n % 2 = 0';
      case 'smallint': return '(n % 5 + 1)::smallint';
      case 'integer': case 'bigint': return unique ? 'n' : 'n % 1000';
      case 'double precision': return '(n % 180) / 2.0';
      case 'date': return "(now() at time zone 'utc')::date + n % 7";
      case 'time without time zone': return "'09:00'::time";
      case 'timestamp with time zone': return `now() + make_interval(mins => ${Math.floor(rows / 50)} - n)`;
      case 'tstzrange': return 'tstzrange(now() + make_interval(hours => n), now() + make_interval(hours => n + 1))';
      case 'jsonb': return "'{}'::jsonb";
      default: return type.endsWith('[]') ? `'{}'::${type}` : 'null';
    }
  })();
  // Most rows of ended things have an end.
  return nullable ? `case when n % 50 ${rare.has(name) ? '=' : '>'} 0 then ${value} end` : value;
}
