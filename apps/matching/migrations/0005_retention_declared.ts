import { declareRetention } from '@muster/platform/database/data-classes';
import type { Kysely } from 'kysely';

/** Safe on a live service: adds comments on tables only, which no statement reads. */
export async function up(db: Kysely<never>): Promise<void> {
  await declareRetention(db, {
    people: 'until erasure', worker_sources: 'until erasure', worker_documents: 'until erasure',
    worker_changes: '1 hours after added_at', worker_change_numbering: 'few rows', jobs: 'until erasure',
    lines: 'until erasure', invites: 'until erasure', assignments: 'until erasure', assignment_days: 'until erasure',
    slots: 'until erasure', steps: '400 days after at', hats_off: 'until erasure',
  });
}
