import { declareRetention } from '@muster/platform/database/data-classes';
import type { Kysely } from 'kysely';

/** Safe on a live service: adds comments on tables only, which no statement reads. */
export async function up(db: Kysely<never>): Promise<void> {
  await declareRetention(db, {
    notices: '120 days after created_at', preferences: 'until erasure', preference_versions: 'until erasure',
  });
}
