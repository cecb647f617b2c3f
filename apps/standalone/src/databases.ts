import { Client } from 'pg';
import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { RunningPostgres } from './postgres/start-postgres';

export interface DatabaseAddress {
  /** As the role that serves: it reads and writes rows and has no DDL. */
  service: string;
  /** As the role that owns the schema. */
  migrator: string;
}

/** A database and two roles for each service, made where they are missing. */
export async function prepareDatabases(postgres: RunningPostgres): Promise<Record<ServiceName, DatabaseAddress>> {
  const present = await withClient(postgres.url('postgres'), async (admin) => {
    const { rows } = await admin.query<{ datname: string }>('select datname from pg_database');
    return new Set(rows.map(({ datname }) => datname));
  });
  // Side by side: each is mostly waiting for the disk.
  await Promise.all(serviceNames.filter((service) => !present.has(databaseOf(service))).map((service) => make(postgres, service)));
  const address = (service: ServiceName): DatabaseAddress => ({
    service: postgres.url(databaseOf(service), service),
    migrator: postgres.url(databaseOf(service), `${service}_migrator`),
  });
  return Object.fromEntries(serviceNames.map((service) => [service, address(service)])) as Record<ServiceName, DatabaseAddress>;
}

const databaseOf = (service: ServiceName): string => `muster_${service}`;

/** Names come from a fixed list, so they need no quoting care; `user` is a keyword and needs the quotes. */
async function make(postgres: RunningPostgres, service: ServiceName): Promise<void> {
  const database = databaseOf(service);
  // Under another name until all is granted: a kill in between must not leave a database without its rights.
  const unfinished = `${database}_unfinished`;
  const owner = `${service}_migrator`;
  await withClient(postgres.url('postgres'), async (admin) => {
    for (const role of [service, owner]) {
      const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
      if (rowCount === 0) await admin.query(`create role "${role}" login`);
    }
    await admin.query(`drop database if exists "${unfinished}"`);
    await admin.query(`create database "${unfinished}" owner "${owner}"`);
    await admin.query(`revoke all on database "${unfinished}" from public`);
    await admin.query(`grant connect, temporary on database "${unfinished}" to "${service}"`);
  });
  await withClient(postgres.url(unfinished), async (client) => {
    const forOwner = `alter default privileges for role "${owner}" in schema public grant`;
    await client.query(`${forOwner} select, insert, update, delete on tables to "${service}"`);
    await client.query(`${forOwner} usage, select on sequences to "${service}"`);
    await client.query(`${forOwner} execute on functions to "${service}"`);
  });
  await withClient(postgres.url('postgres'), (admin) => admin.query(`alter database "${unfinished}" rename to "${database}"`));
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
