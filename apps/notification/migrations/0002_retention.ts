// Safe on a live service: adds an index only; inserts of notices wait for the moment that building it takes.
import { sql, type Kysely } from 'kysely';

/** Old notices are found by their age. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index notices_created on notices (created_at)`.execute(db);
}
