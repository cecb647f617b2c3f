import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { provision } from '@muster/platform/database/provision';
import { renameEarlierRoles } from './postgres/earlier-roles';
import type { RunningPostgres } from './postgres/start-postgres';

export interface DatabaseAddress {
  /** As the role that serves: it reads and writes rows and has no DDL. */
  service: string;
  /** As the role that owns the schema. */
  migrator: string;
}

/** Makes the database and the two roles of each service where they are missing, and mends those of an earlier Muster. */
export async function prepareDatabases(postgres: Pick<RunningPostgres, 'url'>): Promise<Record<ServiceName, DatabaseAddress>> {
  await renameEarlierRoles(postgres);
  const prepare = async (service: ServiceName): Promise<[ServiceName, DatabaseAddress]> => {
    const { url, migratorUrl } = await provision({ adminUrl: postgres.url('postgres'), service });
    return [service, { service: url, migrator: migratorUrl }];
  };
  // Side by side: each is mostly waiting for the disk.
  return Object.fromEntries(await Promise.all(serviceNames.map(prepare))) as Record<ServiceName, DatabaseAddress>;
}
