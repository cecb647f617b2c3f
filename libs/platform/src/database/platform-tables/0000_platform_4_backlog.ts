// Safe on a live service: an index only. Building it reads the inbox once, which keeps two weeks, and lets no event be
// filed meanwhile; events wait with their producers.
import { sql, type Kysely } from 'kysely';

/** The waiting events by consumer and producer with their age are counted at each scrape from this index alone. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index inbox_backlog on inbox (consumer, producer, received_at) where done_at is null`.execute(db);
}
