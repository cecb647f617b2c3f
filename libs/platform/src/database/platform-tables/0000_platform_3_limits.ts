// Safe on a live service: creates a table only, which no earlier release knows of.
import { sql, type Kysely } from 'kysely';
import { classify } from '../data-classes';

/**
 * Counts what an account has written for each limit for abuse in the window that ends at `lifts_at`. Rows of ended
 * windows are deleted.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table limit_counts (
      person_id uuid not null,
      limit_name text not null,
      used integer not null,
      lifts_at timestamptz not null,
      primary key (person_id, limit_name)
    ) with (fillfactor = 80)`.execute(db);
  await sql`create index limit_counts_lifts on limit_counts (lifts_at)`.execute(db);
  await classify(db, 'limit_counts', { person_id: 'personal', limit_name: 'public', used: 'personal', lifts_at: 'personal' });
}
