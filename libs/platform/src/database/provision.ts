import type { ServiceName } from '@muster/contracts/kernel/ids';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

export interface Provisioned {
  readonly database: string;
  /** Role `<service>_service`: reads and writes rows, no DDL. */
  readonly url: string;
  /** Role `<service>_migrator`: owns database and tables. */
  readonly migratorUrl: string;
}

export interface ProvisionOptions {
  /** Of a role that may create databases and roles, to any database of the server. */
  readonly adminUrl: string;
  readonly service: ServiceName;
  readonly servicePassword: string;
  readonly migratorPassword: string;
  /** Default `muster_<service>`. */
  readonly database?: string;
  /** Copies this database instead of an empty one; nobody may be connected to it. */
  readonly template?: string;
}

/** Makes the database of a service and its two roles, or brings what is there to the given passwords. Safe to repeat. */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const database = options.database ?? `muster_${options.service}`;
  const roles = { service: `${options.service}_service`, migrator: `${options.service}_migrator` };
  await withClient(options.adminUrl, async (admin) => {
    // Several may provision at once; catalogue rows of roles cannot be upserted.
    await admin.query(`select pg_advisory_lock(hashtextextended('muster.provision', 0))`);
    await ensureRole(admin, roles.service, options.servicePassword);
    await ensureRole(admin, roles.migrator, options.migratorPassword);
    await admin.query(`grant ${escapeIdentifier(roles.migrator)} to current_user`);
    await ensureDatabase(admin, database, roles.migrator, options.template);
    await admin.query(`revoke all on database ${escapeIdentifier(database)} from public`);
    await admin.query(`grant connect on database ${escapeIdentifier(database)} to ${escapeIdentifier(roles.service)}`);
  });
  await withClient(urlOf(options.adminUrl, database), async (admin) => {
    await admin.query(`alter schema public owner to ${escapeIdentifier(roles.migrator)}`);
    await admin.query(`revoke create on schema public from public`);
    await admin.query(`grant usage on schema public to ${escapeIdentifier(roles.service)}`);
  });
  return {
    database,
    url: urlOf(options.adminUrl, database, roles.service, options.servicePassword),
    migratorUrl: urlOf(options.adminUrl, database, roles.migrator, options.migratorPassword),
  };
}

async function ensureRole(admin: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await admin.query(`${verb} role ${escapeIdentifier(role)} login password ${escapeLiteral(password)}`);
}

async function ensureDatabase(admin: Client, database: string, owner: string, template: string | undefined): Promise<void> {
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database]);
  if (rowCount !== 0) return;
  const from = template ? escapeIdentifier(template) : 'template0';
  await admin.query(`create database ${escapeIdentifier(database)} owner ${escapeIdentifier(owner)} template ${from} encoding 'UTF8'`);
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The same server by another database, and role when one is given; host names and unix sockets (`?host=`) are kept. */
function urlOf(adminUrl: string, database: string, role?: string, password?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (role !== undefined && password !== undefined) {
    url.searchParams.delete('user');
    url.username = encodeURIComponent(role);
    url.password = encodeURIComponent(password);
  }
  return url.toString();
}
