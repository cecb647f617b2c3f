import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { openPool } from '@muster/platform/database/pool';
import type { Product } from '../product/standalone';
import type { DomainRows, Stores } from './stores';

const platformTables = ['outbox', 'event_numbering', 'aggregate_versions', 'consumers', 'received', 'inbox', 'inbox_lanes'];
const domainTables: Record<ServiceName, readonly (keyof DomainRows)[]> = {
  auth: ['accounts', 'sessions'],
  user: ['people', 'worker_profiles', 'contractor_profiles', 'availability', 'availability_exceptions', 'booked_days'],
  matching: ['jobs', 'lines', 'slots', 'invites', 'assignments', 'assignment_days', 'steps', 'worker_sources', 'worker_documents', 'worker_changes'],
  communication: ['conversations', 'members', 'messages'],
  notification: ['notices'],
};
/** What is large or secret and judged by nobody. */
const leftOut: Record<string, string> = { inbox: 'envelope', accounts: 'password_hash' };

/** Everything that the rules look at, as the tables have it. */
export async function readStores(product: Product): Promise<Stores> {
  const platform: Record<string, unknown> = {};
  const domain: Record<string, unknown> = {};
  for (const service of serviceNames) {
    await withDatabase(product, service, async (client) => {
      const read = async (table: string): Promise<unknown[]> => {
        const column = leftOut[table];
        const { rows } = await client.query<{ row: unknown }>(`select to_jsonb(t)${column ? ` - '${column}'` : ''} as row from ${table} t`);
        return rows.map(({ row }) => row);
      };
      const own: Record<string, unknown[]> = {};
      for (const table of platformTables) own[table] = await read(table);
      for (const table of domainTables[service]) domain[table] = await read(table);
      platform[service] = own;
    });
  }
  return { platform, domain } as unknown as Stores;
}

/** Not numbered, not published, not received, not done, still claimed: in each service. */
const unrest = `
  select (select count(*) from outbox where sequence is null or published_at is null)
    + (select count(*) from inbox where done_at is null) + (select count(*) from inbox_lanes where parked_at is null) as open,
    (select head from event_numbering) as head`;

/** Waits until every event has had its effects. @returns what is left when the patience ends; nothing when quiet */
export async function untilQuiet(product: Product, patienceMs: number): Promise<string | undefined> {
  let left = '';
  let calm = 0;
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
    left = await unrestOf(product);
    calm = left === '' ? calm + 1 : 0;
    if (calm >= 2) return undefined;
  }
  return left;
}

async function unrestOf(product: Product): Promise<string> {
  const heads = new Map<string, number>();
  const behind: string[] = [];
  const read: Array<{ service: string; producer: string; contiguous: number }> = [];
  for (const service of serviceNames) {
    await withDatabase(product, service, async (client) => {
      const { rows } = await client.query<{ open: string; head: string }>(unrest);
      heads.set(service, Number(rows[0]?.head));
      if (Number(rows[0]?.open) > 0) behind.push(`${service}: ${rows[0]?.open} in work`);
      const received = await client.query<{ producer: string; contiguous: string }>('select distinct on (producer) producer, contiguous from received order by producer, generation desc');
      read.push(...received.rows.map((row) => ({ service, producer: row.producer, contiguous: Number(row.contiguous) })));
    });
  }
  for (const { service, producer, contiguous } of read) {
    if (contiguous < (heads.get(producer) ?? 0)) behind.push(`${service} has ${producer} up to ${contiguous} of ${heads.get(producer)}`);
  }
  return behind.join('; ');
}

/**
 * Makes some invites' time be up, which a run can't wait for: their row and their timer say now. The locks are taken
 * in the order of the timer's own transaction.
 */
export async function letTimePass(product: Product, most: number): Promise<void> {
  await withDatabase(product, 'matching', async (client) => {
    await client.query('begin');
    const { rows } = await client.query<{ key: string }>(
      `select key from timers where kind = 'invite.expire' and due_at > now() + interval '1 minute' order by random() limit $1 for update skip locked`,
      [most],
    );
    const keys = rows.map((row) => row.key);
    await client.query(`update timers set due_at = now() where kind = 'invite.expire' and key = any($1)`, [keys]);
    await client.query(
      `with waiting as (select invite_id from invites where invite_id = any($1::uuid[]) and state in ('sent', 'seen') for update skip locked)
       update invites set expires_at = greatest(now(), sent_at) from waiting where invites.invite_id = waiting.invite_id`,
      [keys],
    );
    await client.query('commit');
  });
}

/** The dead process's claims, whose leases would be waited for half a minute, end now. */
export async function endLeases(product: Product): Promise<void> {
  for (const service of serviceNames) {
    await withDatabase(product, service, (client) => client.query('update inbox_lanes set due_at = now() where owner is not null and due_at > now()'));
  }
}

/** Of one connection, so that a transaction's statements go the same way. */
type OneConnection = ReturnType<typeof openPool>;

async function withDatabase<R>(product: Product, service: ServiceName, work: (client: OneConnection) => Promise<R>): Promise<R> {
  const onIdleError = (): void => undefined; // the database of a Muster that is being killed
  const client = openPool({ url: product.databaseUrl(service), applicationName: 'crash-harness', size: 1, onIdleError });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
