// Safe on a live service: adds two rows to the platform's timers, which replicas without a handler leave alone.
import { sql, type Kysely } from 'kysely';

/**
 * Each firing schedules the next one, so that there is always exactly one timer of each kind and a start has nothing to
 * do.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    insert into timers (kind, key, due_at, payload)
    values ('auth.rotate_keys', 'all', now(), 'null'), ('auth.sweep', 'all', now() + interval '1 minute', 'null')
    on conflict (kind, key) do nothing`.execute(db);
}
