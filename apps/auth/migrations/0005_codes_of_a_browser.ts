// Safe on a live service: the table holds the codes of two days, so the index is built in a moment. Replicas of the
// previous release look codes up by the address, which they then do without an index in the same small table.
import { sql, type Kysely } from 'kysely';

/**
 * A code is looked up among those that the same browser asked for. The pending sign-ups of an address are locked
 * together.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index one_time_codes_browser on one_time_codes (browser)`.execute(db);
  await sql`drop index one_time_codes_live`.execute(db);
  await sql`create index accounts_pending_email on accounts (email_key) where state = 'pending'`.execute(db);
}
