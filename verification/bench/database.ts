// A PostgreSQL of the benchmark's own, gone with it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceConfig } from '@muster/platform/config/define-config';
import { migrate } from '@muster/platform/database/migrate';
import { provision } from '@muster/platform/database/provision';
import { startPostgres } from '../../apps/standalone/src/postgres/start-postgres';

export interface BenchDatabase {
  /** A migrated database of the service, as its own role. */
  of(config: ServiceConfig): Promise<string>;
  /** The service's database as the server's owner. */
  ownerUrl(url: string): string;
  stop(): Promise<void>;
}

export async function benchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  chmodSync(folder, 0o711); // started by root, the server is another user
  const settings = { max_connections: 200, shared_buffers: '128MB', max_wal_size: '2GB' };
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), durable: false, settings });
  const adminUrl = postgres.url('postgres');
  return {
    ownerUrl: (url) => Object.assign(new URL(adminUrl), { pathname: new URL(url).pathname }).toString(),
    of: async (config) => {
      const { url, migratorUrl } = await provision({ adminUrl, service: config.service, password: 'bench' });
      await migrate(config, migratorUrl);
      return url;
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
