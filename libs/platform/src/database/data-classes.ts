import { sql, type Kysely } from 'kysely';

/** What a column holds; redaction, export and erasure go by it. `location` is finer than a town. */
export type DataClass = 'public' | 'personal' | 'contact' | 'location' | 'secret';

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
