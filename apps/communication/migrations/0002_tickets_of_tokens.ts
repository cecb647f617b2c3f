import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/**
 * Safe on a live database: two nullable columns are added without a rewrite. Tickets live for thirty seconds; a ticket
 * of the previous release has neither value and opens a socket as before.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table socket_tickets add column issued_at bigint, add column session_until bigint`.execute(db);
  await classify(db, 'socket_tickets', { issued_at: 'public', session_until: 'public' });
}
