import { sql, type Kysely } from 'kysely';

/** The class of a column's content, by which redaction, export and erasure work. `location` is finer than a town. */
export type DataClass = 'public' | 'personal' | 'contact' | 'location' | 'secret';

/**
 * How long the rows of a table stay. A time after a column's value is kept by a sweep, which a test of every service
 * holds against rows that are older; two columns count both (`and`) or whichever comes first (`or`).
 *
 * - `until erasure`: as long as the account of the person whose row it is
 * - `until done`: the row is work that waits, and whoever does it deletes it
 * - `few rows`: a number of rows that does not grow with use
 */
export type Retention = `${number} ${'hours' | 'days'} after ${string}` | 'until erasure' | 'until done' | 'few rows';

/**
 * Writes the class of every column of a table into the column's comment, where a check finds those without one.
 *
 * @example await classify(db, 'people', { person_id: 'personal', display_name: 'personal' });
 */
export async function classify(db: Kysely<never>, table: string, columns: Readonly<Record<string, DataClass>>): Promise<void> {
  for (const [column, dataClass] of Object.entries(columns)) {
    await sql`comment on column ${sql.ref(`${table}.${column}`)} is ${sql.lit(`data: ${dataClass}`)}`.execute(db);
  }
}

/**
 * Writes how long the rows of each table stay into the table's comment, where a check finds tables without one.
 *
 * @example await declareRetention(db, { notices: '120 days after created_at' });
 */
export async function declareRetention(db: Kysely<never>, tables: Readonly<Record<string, Retention>>): Promise<void> {
  for (const [table, retention] of Object.entries(tables)) {
    await sql`comment on table ${sql.ref(table)} is ${sql.lit(`kept: ${retention}`)}`.execute(db);
  }
}
