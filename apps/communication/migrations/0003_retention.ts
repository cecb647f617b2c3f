import { declareRetention } from '@muster/platform/database/data-classes';
import type { Kysely } from 'kysely';

/** Safe on a live service: comments on tables only, which no statement reads. */
export async function up(db: Kysely<never>): Promise<void> {
  await declareRetention(db, {
    conversations: 'until erasure', members: 'until erasure', messages: 'until erasure', socket_tickets: '0 hours after expires_at',
  });
}
