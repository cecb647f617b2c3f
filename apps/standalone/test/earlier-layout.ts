import type { ServiceName } from '@muster/contracts/kernel/ids';
import type { MigratedService } from '@muster/platform/database/migrate';
import { ServiceMigrations } from '@muster/platform/database/migrations';
import { withClient } from '@muster/platform/database/with-client';
import { Kysely, Migrator, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { RunningPostgres } from '../src/postgres/start-postgres';

/**
 * Makes the database of a service in data format 1: with the statements of that time, the serving role under the
 * service's bare name, and without the grants of `migrate`, which looked for another role.
 */
export async function makeEarlierDatabase(postgres: RunningPostgres, { service, migrations }: MigratedService): Promise<void> {
  const database = `muster_${service}`;
  const owner = `${service}_migrator`;
  await runStatements(postgres.url('postgres'), [
    `create role "${service}" login`,
    `create role "${owner}" login`,
    `create database "${database}_unfinished"`, // left by a first start that was killed
    `create database "${database}" owner "${owner}"`,
    `revoke all on database "${database}" from public`,
    `grant connect, temporary on database "${database}" to "${service}"`,
  ]);
  const forOwner = `alter default privileges for role "${owner}" in schema public grant`;
  await runStatements(postgres.url(database), [
    `${forOwner} select, insert, update, delete on tables to "${service}"`,
    `${forOwner} usage, select on sequences to "${service}"`,
    `${forOwner} execute on functions to "${service}"`,
  ]);
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: postgres.url(database, owner) }) }) });
  const { error } = await new Migrator({ db, provider: new ServiceMigrations(migrations) }).migrateToLatest();
  await db.destroy();
  if (error) throw new Error(`${service} could not be migrated`, { cause: error });
}

const rights = `
  select 'relation' as kind, regexp_replace(relname, '[0-9]{8}', 'DAY') as name, relowner::regrole::text as owner, relacl::text as acl
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S', 'v')
  union select 'function', proname, proowner::regrole::text, coalesce(proacl, acldefault('f', proowner))::text from pg_proc
  where pronamespace = 'public'::regnamespace and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  union select 'schema', nspname, nspowner::regrole::text, nspacl::text from pg_namespace where nspname = 'public'
  union select 'default', defaclnamespace::text || defaclobjtype::text, defaclrole::regrole::text, defaclacl::text from pg_default_acl
  union select 'database', datname, datdba::regrole::text, datacl::text from pg_database where datname like 'muster%'
  union select 'role', rolname, rolcanlogin::text, concat(rolsuper, rolcreatedb, rolcreaterole, rolinherit) from pg_roles where rolname !~ '^pg_'
  union select 'member', member::regrole::text, roleid::regrole::text, admin_option::text from pg_auth_members where member::regrole::text !~ '^pg_'
  order by 1, 2, 3`;

/** Lists owners and rights in the service's database and on the server. */
export async function rightsIn(postgres: RunningPostgres, service: ServiceName): Promise<unknown[]> {
  return runStatements(postgres.url(`muster_${service}`), [rights]);
}

/** @returns the rows of the last statement */
export async function runStatements(url: string, statements: readonly string[]): Promise<unknown[]> {
  return withClient(url, async (client) => {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query<object>(statement));
    return rows;
  });
}
