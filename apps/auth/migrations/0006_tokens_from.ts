import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/**
 * Safe on a live service: a nullable column is added without a rewrite. A replica of the previous release ignores it: a
 * token that it issues within the second in which a hat was taken off is refused and then refreshed.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table accounts add column tokens_from timestamptz`.execute(db);
  await classify(db, 'accounts', { tokens_from: 'public' });
}
