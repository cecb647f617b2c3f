import { serviceNames } from '@muster/contracts/kernel/ids';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { provision } from '@muster/platform/database/provision';
import { renameEarlierRoles } from './postgres/earlier-roles';
import type { RunningPostgres } from './postgres/start-postgres';

export interface DatabaseAddress {
  /** The address for the serving role, which reads and writes rows and may run no DDL. */
  service: string;
  /** The address for the role that owns the schema. */
  migrator: string;
}

/** Makes the missing databases and roles of each service, and repairs those of earlier releases. */
export async function prepareDatabases(postgres: Pick<RunningPostgres, 'url'>): Promise<Record<ServiceName, DatabaseAddress>> {
  await renameEarlierRoles(postgres);
  const prepare = async (service: ServiceName): Promise<[ServiceName, DatabaseAddress]> => {
    const { url, migratorUrl } = await provision({ adminUrl: postgres.url('postgres'), service });
    return [service, { service: url, migrator: migratorUrl }];
  };
  // The services are prepared in parallel, because each mostly waits for the disk.
  return Object.fromEntries(await Promise.all(serviceNames.map(prepare))) as Record<ServiceName, DatabaseAddress>;
}
