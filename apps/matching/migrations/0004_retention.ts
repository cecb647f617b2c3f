import { sql, type Kysely } from 'kysely';

/** Safe on a live database: adds indexes only; writes of steps and changes wait for the moment that building them takes. */
export async function up(db: Kysely<never>): Promise<void> {
  // Rows that are deleted by age are found by these indexes.
  await sql`create index steps_at on steps (at)`.execute(db);
  await sql`create index worker_changes_added on worker_changes (added_at)`.execute(db);
}
