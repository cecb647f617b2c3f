import { classify } from '@muster/platform/database/data-classes';
import { sql, type Kysely } from 'kysely';

/**
 * Safe on a live database: the column has a constant default, which rewrites nothing; the constraint is built anew over
 * the days of all assignments, for which acceptances wait as long as reading them once takes. Replicas of the previous
 * release go on working: to them a day that was given up looks booked.
 */
export async function up(db: Kysely<never>): Promise<void> {
  // The days stay with the assignment that gave them up, as its history; other work may take their hours.
  await sql`alter table assignment_days add column given_up boolean not null default false`.execute(db);
  await sql`alter table assignment_days drop constraint no_overlapping_work`.execute(db);
  await sql`
    alter table assignment_days add constraint no_overlapping_work
    exclude using gist (worker with =, during with &&) where (not given_up)`.execute(db);
  await classify(db, 'assignment_days', { given_up: 'personal' });
}
