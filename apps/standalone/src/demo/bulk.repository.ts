import type { EventDefinition } from '@muster/contracts/kernel/event';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InviteId } from '@muster/contracts/matching/ids';
import type { Database, Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { sql } from 'kysely';
import type { z } from 'zod';

/** Adds rows whose key is not there yet, all in one statement. The names of table and columns are our own. */
export async function addRows(tx: Tx, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx);
}

/** Does for thousands of new aggregates what `Outbox.appendEvent` does for one; aggregates that have events are left out. */
export async function addFirstFacts<Definition extends EventDefinition>(
  tx: Tx,
  event: Definition,
  facts: readonly { aggregateId: string; data: z.input<Definition['data']> }[],
): Promise<void> {
  const rows = facts.map(({ aggregateId, data }) => ({ id: newId(), aggregate_id: aggregateId, data: event.data.parse(data) }));
  await sql`
    with fact as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, aggregate_id text, data jsonb)
    ), fresh as (
      insert into aggregate_versions (aggregate_type, aggregate_id, version)
      select ${event.aggregate}, aggregate_id, 1 from fact
      on conflict do nothing
      returning aggregate_id
    )
    insert into outbox (id, type, time, aggregate_type, aggregate_id, aggregate_version, data, recipients)
    select fact.id, ${event.type}, now(), ${event.aggregate}, aggregate_id, 1, fact.data, '{}'
    from fact join fresh using (aggregate_id)`.execute(tx);
}

/** The accounts whose address is below a domain. */
export async function accountsAt(database: Database, domain: string): Promise<{ personId: PersonId; email: string }[]> {
  const { rows } = await sql<{ personId: PersonId; email: string }>`
    select person_id as "personId", email from accounts where email like ${`%@${domain}`} and state = 'active'`.execute(database.query());
  return rows;
}

/** All invites that have no answer yet. */
export async function waitingInvites(database: Database): Promise<{ inviteId: InviteId; worker: PersonId }[]> {
  const { rows } = await sql<{ inviteId: InviteId; worker: PersonId }>`
    select invite_id as "inviteId", worker from invites where state in ('sent', 'seen')`.execute(database.query());
  return rows;
}
