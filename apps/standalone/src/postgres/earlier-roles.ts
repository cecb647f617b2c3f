import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { databaseNames } from '@muster/platform/database/database-roles';
import { withClient } from '@muster/platform/database/with-client';
import type { RunningPostgres } from './start-postgres';

/**
 * Migrates the databases of data format 1 to the current roles. In format 1 the serving role had the bare name of the
 * service, so that the grants of migrations to `<service>_service` never applied. A role is renamed last, with all its
 * grants, so that a start that is interrupted before repeats everything.
 */
export async function renameEarlierRoles(postgres: Pick<RunningPostgres, 'url'>): Promise<void> {
  await withClient(postgres.url('postgres'), async (admin) => {
    const { rows } = await admin.query<{ service: ServiceName }>('select rolname as service from pg_roles where rolname = any($1)', [serviceNames]);
    for (const { service } of rows) {
      const names = databaseNames(service);
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [names.database]);
      if (rowCount === 1) await withClient(postgres.url(names.database), (client) => client.query(dropEarlierDefaults(service)));
      await admin.query(`drop database if exists "${names.database}_unfinished"`); // left by a first start that was killed
      await admin.query(`alter role "${service}" rename to "${names.service}"`);
    }
  });
}

/**
 * Removes grants with which current tables and functions are no longer made, so that a migrated database equals a new
 * one.
 */
function dropEarlierDefaults(service: ServiceName): string {
  const inPublic = `alter default privileges for role "${databaseNames(service).migrator}" in schema public revoke`;
  return `
    ${inPublic} select, insert, update, delete on tables from "${service}";
    ${inPublic} usage, select on sequences from "${service}";
    ${inPublic} execute on functions from "${service}";
    revoke execute on all functions in schema public from "${service}"`;
}
