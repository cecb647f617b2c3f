// Safe on a live service: the table holds the codes of two days, so that the index is made in a moment. Replicas of the
// release before find codes by the address, which they then do without an index, in the same small table.
import { sql, type Kysely } from 'kysely';

/** A code is looked for among those of the browser that asked. Pending sign-ups of an address are locked together. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index one_time_codes_browser on one_time_codes (browser)`.execute(db);
  await sql`drop index one_time_codes_live`.execute(db);
  await sql`create index accounts_pending_email on accounts (email_key) where state = 'pending'`.execute(db);
}
