import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import { backoffMs, pause } from '../kernel/backoff';
import { isError } from '../kernel/is-error';
import { sqlStateOf, type Database } from './database';
import { databaseNames } from './database-roles';
import { knownMigrations, ServiceMigrations } from './migrations';
import { openPool } from './pool';

export interface MigratedService {
  readonly service: ServiceName;
  /** Absolute folder of the service's migrations. */
  readonly migrations: string;
}

const LOCK_NOT_AVAILABLE = '55P03';
const GIVE_UP_MS = 300_000;
const REACHABLE_MS = 60_000;
const STARTING = ['57P03', '53300', 'EPIPE'];

/**
 * Brings the database of a service to this build's schema. Replicas that start at once take turns; a lock that live
 * traffic holds for more than 2 s is asked for again, so that nothing queues behind a migration.
 *
 * @param url of a role that owns the tables
 * @returns names of the migrations that ran
 * @throws the error of the first migration that failed; all of them are rolled back
 */
export async function migrate(config: MigratedService, url: string): Promise<readonly string[]> {
  const pool = openPool({
    url,
    applicationName: `muster-${config.service}-migrate`,
    size: 2,
    statementTimeoutMs: GIVE_UP_MS,
    onIdleError: () => undefined,
  });
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
  try {
    await untilReachable(db);
    const { service } = databaseNames(config.service);
    await requireRole(db, service);
    await grantAhead(db, service);
    const ran = await runAll(db, config);
    await protectHistory(db, service);
    return ran;
  } finally {
    await db.destroy();
  }
}

/** Whether every migration of this build has run; a newer schema is current as well, since changes only expand. */
export async function schemaIsCurrent(database: Database, folder: string): Promise<boolean> {
  const known = knownMigrations(folder);
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database.query());
    const executed = new Set(rows.map((row) => row.name));
    return known.every((name) => executed.has(name));
  } catch (error) {
    if (sqlStateOf(error) === '42P01') return false; // no table yet
    throw error;
  }
}

/** A database that is only starting, or whose machine is busy, gets a minute; one that refuses us is believed at once. */
async function untilReachable(db: Kysely<never>): Promise<void> {
  const until = performance.now() + REACHABLE_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`select 1`.execute(db);
      return;
    } catch (error) {
      const state = sqlStateOf(error);
      if ((state !== undefined && !STARTING.includes(state)) || performance.now() > until) throw error;
      await pause(backoffMs(attempt, 200, 2000));
    }
  }
}

async function runAll(db: Kysely<never>, config: MigratedService): Promise<readonly string[]> {
  const until = performance.now() + GIVE_UP_MS;
  for (let attempt = 1; ; attempt++) {
    // Unordered, because the platform's later migrations sort before a service's that have run.
    const migrator = new Migrator({ db, provider: new ServiceMigrations(config.migrations), allowUnorderedMigrations: true });
    const { error, results } = await migrator.migrateToLatest();
    if (error === undefined) return (results ?? []).filter((each) => each.status === 'Success').map((each) => each.migrationName);
    if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE || performance.now() > until) {
      throw isError(error) ? error : new Error(String(error));
    }
    await pause(backoffMs(attempt, 100, 2000));
  }
}

/** @throws where the role is missing: without it the grants and the protection of the history would silently not apply. */
async function requireRole(db: Kysely<never>, role: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(db);
  if (rows.length === 0) throw new Error(`The database has no role ${role}, as which the service connects. Make it as database-roles.ts describes.`);
}

/** Lets the service's role read and write what the migrator makes from now on. It owns nothing. */
async function grantAhead(db: Kysely<never>, role: string): Promise<void> {
  await retried(async () => {
    await sql`revoke create on schema public from public`.execute(db);
    await sql`grant usage on schema public to ${sql.id(role)}`.execute(db);
    await sql`alter default privileges grant select, insert, update, delete on tables to ${sql.id(role)}`.execute(db);
    await sql`alter default privileges grant usage, select on sequences to ${sql.id(role)}`.execute(db);
  });
}

/** Leaves the list of migrations that have run to the migrator; the service reads it to know whether its schema is current. */
async function protectHistory(db: Kysely<never>, role: string): Promise<void> {
  await retried(() =>
    sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${sql.id(role)}`.execute(db),
  );
}

/**
 * Repeats work after a conflict in the catalogue, in which two migrators that grant at once may meet: "tuple
 * concurrently updated" (XX000), or a unique violation.
 */
async function retried(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= 10 || !['XX000', '23505', '40P01', LOCK_NOT_AVAILABLE].includes(sqlStateOf(error) ?? '')) throw error;
      await pause(backoffMs(attempt, 50, 1000));
    }
  }
}
