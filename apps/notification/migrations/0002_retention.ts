// Safe on a live service: an index only; posting notices waits for the moment that building it takes.
import { sql, type Kysely } from 'kysely';

/** Old notices are found by their age. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index notices_created on notices (created_at)`.execute(db);
}
