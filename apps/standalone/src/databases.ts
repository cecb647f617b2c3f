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
  const admin = new Client({ connectionString: postgres.url('postgres') });
  await admin.connect();
  try {
    const present = await admin.query<{ datname: string }>('select datname from pg_database');
    const known = new Set(present.rows.map(({ datname }) => datname));
    for (const service of serviceNames) await prepare(admin, postgres, service, known);
  } finally {
    await admin.end();
  }
  const address = (service: ServiceName): DatabaseAddress => ({
    service: postgres.url(databaseOf(service), service),
    migrator: postgres.url(databaseOf(service), `${service}_migrator`),
  });
  return Object.fromEntries(serviceNames.map((service) => [service, address(service)])) as Record<ServiceName, DatabaseAddress>;
}

const databaseOf = (service: ServiceName): string => `muster_${service}`;

/** Names come from a fixed list, so they need no quoting care; `user` is a keyword and needs the quotes. */
async function prepare(admin: Client, postgres: RunningPostgres, service: ServiceName, known: Set<string>): Promise<void> {
  const database = databaseOf(service);
  if (known.has(database)) return;
  const roles = [service, `${service}_migrator`];
  for (const role of roles) {
    const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await admin.query(`create role "${role}" login`);
  }
  // Under another name until all is granted: a kill in between must not leave a database without its rights.
  const unfinished = `${database}_unfinished`;
  await admin.query(`drop database if exists "${unfinished}"`);
  await admin.query(`create database "${unfinished}" owner "${service}_migrator"`);
  await admin.query(`revoke all on database "${unfinished}" from public`);
  await admin.query(`grant connect, temporary on database "${unfinished}" to "${service}"`);
  await grantRows(postgres.url(unfinished), service);
  await admin.query(`alter database "${unfinished}" rename to "${database}"`);
}

async function grantRows(url: string, service: ServiceName): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const forOwner = `alter default privileges for role "${service}_migrator" in schema public grant`;
    await client.query(`${forOwner} select, insert, update, delete on tables to "${service}"`);
    await client.query(`${forOwner} usage, select on sequences to "${service}"`);
    await client.query(`${forOwner} execute on functions to "${service}"`);
  } finally {
    await client.end();
  }
}
