// Safe on a live service: indexes only, of tables that hold a row for each signed-in device and each address that asked
// for a code of late; writing waits for the moment that building them takes.
import { sql, type Kysely } from 'kysely';

/** What the sweep looks for, so that it reads what it deletes and no more. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index sessions_ended on sessions (ended_at) where ended_at is not null`.execute(db);
  await sql`create index sessions_expire on sessions (expires_at)`.execute(db);
  await sql`create index sessions_used on sessions (last_used_at)`.execute(db);
  await sql`create index code_quotas_last on code_quotas (last_at)`.execute(db);
}
