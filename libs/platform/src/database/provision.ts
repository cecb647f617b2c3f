import type { ServiceName } from '@muster/contracts/kernel/ids';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { databaseNames, roleStatements } from './database-roles';
import { withClient } from './with-client';

export interface Provisioned {
  readonly database: string;
  /** The address for the serving role. */
  readonly url: string;
  /** The address for the role that owns the schema. */
  readonly migratorUrl: string;
}

export interface ProvisionOptions {
  /** The address for a role that may create databases and roles, of any database of the server. */
  readonly adminUrl: string;
  readonly service: ServiceName;
  /** The password of both roles; without one the server identifies roles in another way. */
  readonly password?: string;
  /** Default `muster_<service>`. */
  readonly database?: string;
  /** Copies this database instead of an empty one; nobody may be connected to it. */
  readonly template?: string;
}

/** Makes the database of a service and its two roles where they are missing, and brings their rights in order. Safe to repeat. */
export async function provision({ adminUrl, service, password, database, template }: ProvisionOptions): Promise<Provisioned> {
  const names = { ...databaseNames(service), ...(database !== undefined && { database }) };
  await withClient(adminUrl, async (admin) => {
    // Several may provision the same service at once, and catalogue rows of roles cannot be upserted.
    await admin.query('select pg_advisory_lock(hashtextextended($1, 0))', [`muster.provision.${service}`]);
    for (const { statement, doneWhen } of roleStatements(names, template)) {
      const done = doneWhen !== undefined && (await admin.query(doneWhen)).rowCount === 1;
      if (!done) await admin.query(statement);
    }
    if (password !== undefined) {
      const roles = [names.service, names.migrator];
      await admin.query(roles.map((role) => `alter role ${escapeIdentifier(role)} password ${escapeLiteral(password)}`).join('; '));
    }
  });
  const urlOf = (role: string) => urlTo(adminUrl, { database: names.database, role, password });
  return { database: names.database, url: urlOf(names.service), migratorUrl: urlOf(names.migrator) };
}

/** The same server by another database and role; host names and unix sockets (`?host=`) are kept. */
function urlTo(adminUrl: string, { database, role, password = '' }: { database: string; role: string; password?: string | undefined }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  url.searchParams.delete('user');
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.toString();
}
