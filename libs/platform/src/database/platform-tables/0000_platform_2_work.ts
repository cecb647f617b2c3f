// Safe on a live service: creates tables only, before the service's first migration.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table idempotency_keys (
      person_id uuid not null,
      route_id text not null,
      key text not null,
      fingerprint text not null,
      answer jsonb,
      created_at timestamptz not null,
      primary key (person_id, route_id, key)
    )`.execute(db);
  await sql`create index idempotency_keys_created on idempotency_keys (created_at)`.execute(db);
  await sql`
    create table timers (
      kind text not null,
      key text not null,
      due_at timestamptz not null,
      payload jsonb not null,
      traceparent text,
      attempts integer not null default 0,
      last_error text,
      primary key (kind, key)
    )`.execute(db);
  await sql`create index timers_due on timers (due_at)`.execute(db);
}
