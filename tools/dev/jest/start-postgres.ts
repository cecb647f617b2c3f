// Jest's global setup of the integration tests: one PostgreSQL for the whole run, gone with it however it ends.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../apps/standalone/src/postgres/start-postgres';
import { running } from './running-postgres';

const prefix = 'muster-jest-';

export default async function start(): Promise<void> {
  if (process.env['TEST_POSTGRES_URL']) return; // somebody else's server, e.g. one kept between runs
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711); // started by root, the server is another user
  const settings = { max_connections: 300, shared_buffers: '128MB', max_wal_size: '1GB', autovacuum: 'off' };
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), durable: false, settings });
  running.postgres = postgres;
  running.folder = folder;
  process.env['TEST_POSTGRES_URL'] = postgres.url('postgres');
}

/** A killed Jest takes its server with it, but not the files. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length).split('-')[0]))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
