import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/**
 * Safe on a live database: two columns that may be null are added without a rewrite. Tickets live for thirty seconds; one
 * of a replica of the release before has neither, and opens a socket as it did.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table socket_tickets add column issued_at bigint, add column session_until bigint`.execute(db);
  await classify(db, 'socket_tickets', { issued_at: 'public', session_until: 'public' });
}
