// Safe on a live service: creates a table only, which no earlier release knows of.
import { sql, type Kysely } from 'kysely';
import { classify, declareRetention } from '../data-classes';

/**
 * One row per effect outside of the database. While a row is claimed `due_at` is the end of the lease; `fence` grows
 * with each claim and each end of one. What was given up is never due, until it is replayed. A finished row stays for
 * a while, so that the same key is not worked again.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table tasks (
      kind text not null,
      key text not null,
      payload jsonb not null,
      traceparent text,
      enqueued_at timestamptz not null,
      due_at timestamptz not null,
      owner uuid,
      fence bigint not null default 0,
      attempts integer not null default 0,
      last_error text,
      done_at timestamptz,
      given_up_at timestamptz,
      primary key (kind, key)
    ) with (fillfactor = 70)`.execute(db);
  await sql`create index tasks_due on tasks (kind, due_at) where done_at is null`.execute(db);
  await sql`create index tasks_given_up on tasks (given_up_at) where given_up_at is not null`.execute(db);
  await sql`create index tasks_done on tasks (done_at) where done_at is not null`.execute(db);
  await classify(db, 'tasks', {
    kind: 'public', key: 'personal', payload: 'personal', traceparent: 'public', enqueued_at: 'public', due_at: 'public',
    owner: 'public', fence: 'public', attempts: 'public', last_error: 'personal', done_at: 'public', given_up_at: 'public',
  });
  await declareRetention(db, { tasks: '30 days after done_at or given_up_at' });
}
