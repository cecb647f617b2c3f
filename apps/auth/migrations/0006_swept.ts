// Safe on a live service: adds indexes only, on tables that hold one row per signed-in device and per address that
// asked for a code lately. Writes wait for the moment that building them takes.
import { sql, type Kysely } from 'kysely';

/** The deletion of expired rows finds its rows by these indexes and reads no others. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index sessions_ended on sessions (ended_at) where ended_at is not null`.execute(db);
  await sql`create index sessions_expire on sessions (expires_at)`.execute(db);
  await sql`create index sessions_used on sessions (last_used_at)`.execute(db);
  await sql`create index code_quotas_last on code_quotas (last_at)`.execute(db);
}
