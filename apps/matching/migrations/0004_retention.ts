import { sql, type Kysely } from 'kysely';

/** Safe on a live database: indexes only; what writes steps and changes waits for the moment that building them takes. */
export async function up(db: Kysely<never>): Promise<void> {
  // What is forgotten by its age is found by it.
  await sql`create index steps_at on steps (at)`.execute(db);
  await sql`create index worker_changes_added on worker_changes (added_at)`.execute(db);
}
