import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { databaseNames } from '@muster/platform/database/database-roles';
import { withClient } from '@muster/platform/database/with-client';
import type { RunningPostgres } from './start-postgres';

/**
 * Brings the databases of data format 1 to today's roles. There the serving role had the service's bare name, so that
 * what the migrations grant to `<service>_service`, and take from it, never applied. A role is renamed last, with all
 * that it was granted: a start that is killed before then does the whole again.
 */
export async function renameEarlierRoles(postgres: Pick<RunningPostgres, 'url'>): Promise<void> {
  await withClient(postgres.url('postgres'), async (admin) => {
    const { rows } = await admin.query<{ service: ServiceName }>('select rolname as service from pg_roles where rolname = any($1)', [serviceNames]);
    for (const { service } of rows) {
      const names = databaseNames(service);
      const { rowCount } = await admin.query('select from pg_database where datname = $1', [names.database]);
      if (rowCount === 1) await withClient(postgres.url(names.database), (client) => client.query(dropEarlierDefaults(service)));
      await admin.query(`drop database if exists "${names.database}_unfinished"`); // of a first start that was killed
      await admin.query(`alter role "${service}" rename to "${names.service}"`);
    }
  });
}

/** Removes grants that today's tables and functions are not made with, so that a mended database equals a new one. */
function dropEarlierDefaults(service: ServiceName): string {
  const inPublic = `alter default privileges for role "${databaseNames(service).migrator}" in schema public revoke`;
  return `
    ${inPublic} select, insert, update, delete on tables from "${service}";
    ${inPublic} usage, select on sequences from "${service}";
    ${inPublic} execute on functions from "${service}";
    revoke execute on all functions in schema public from "${service}"`;
}
