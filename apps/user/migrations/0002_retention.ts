import { declareRetention } from '@muster/platform/database/data-classes';
import type { Kysely } from 'kysely';

/** Safe on a live service: adds comments on tables only, which no statement reads. */
export async function up(db: Kysely<never>): Promise<void> {
  await declareRetention(db, {
    people: 'until erasure', worker_profiles: 'until erasure', skills: 'until erasure', contractor_profiles: 'until erasure',
    availability: 'until erasure', availability_exceptions: 'until erasure', booked_days: 'until erasure',
  });
}
