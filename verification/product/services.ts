import { join } from 'node:path';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { freePort } from '@muster/platform/testing/free-port';
import { terminalCookie } from '../../apps/auth/src/terminal/terminal-cookie';
import { prepareDatabases, type DatabaseAddress } from '../../apps/standalone/src/databases';
import { startPostgres, type RunningPostgres } from '../../apps/standalone/src/postgres/start-postgres';
import { Secrets } from '../../apps/standalone/src/secrets';
import { codeFromOutbox } from './codes';
import { Program, root } from './program';
import { unlimited } from './standalone';
import type { Site } from './visitor';

const TERMINAL_SECRET = 'of no terminal, for the people of these tests';

export interface RunningService extends Site {
  readonly program: Program;
  readonly port: number;
  /** The listener for operations, where other services ask. */
  readonly operations: string;
  /** Milliseconds from the start until it was ready. */
  readonly readyMs: number;
}

/** Built services as processes of their own, as a cluster runs them, over one embedded PostgreSQL. */
export class Services {
  private constructor(
    private readonly folder: string,
    private postgres: RunningPostgres,
    private readonly databases: Record<ServiceName, DatabaseAddress>,
    private readonly secrets: Secrets,
  ) {}

  static async open(folder: string): Promise<Services> {
    const postgres = await startPostgres({ dataFolder: join(folder, 'postgres') });
    return new Services(folder, postgres, await prepareDatabases(postgres), new Secrets(folder));
  }

  /** @param before of node's own, such as `-r FILE`. @throws Error when it is not ready in time */
  async start(name: ServiceName, env: Readonly<Record<string, string>> = {}, before: readonly string[] = []): Promise<RunningService> {
    const [port, operationsPort] = [await freePort(), await freePort()];
    const { secrets, databases } = this;
    const operations = `http://127.0.0.1:${operationsPort}`;
    const program = new Program([...before, join(root, 'apps', name, 'dist/main.js')], {
      ...unlimited,
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      OPS_PORT: String(operationsPort),
      PUBLIC_ORIGIN: `http://localhost:${port}`,
      DATABASE_URL: databases[name].service,
      DATABASE_MIGRATOR_URL: databases[name].migrator,
      MIGRATE_AT_START: 'true',
      SERVICE_KEY: secrets.privateKey(name, 'SERVICE_KEY'),
      SERVICE_KEYS: secrets.publicKeys('SERVICE_KEY'),
      CURSOR_SECRET: secrets.random(name, 'CURSOR_SECRET'),
      AUTH_SECRET: secrets.random(name, 'AUTH_SECRET'),
      MAIL_URL: 'outbox',
      TERMINAL_SECRET,
      ...env,
    });
    const isReady = (): Promise<boolean> => fetch(`${operations}/health/ready`).then(({ status }) => status === 200, () => false);
    const readyMs = (await program.ready(isReady)) ?? 0;
    return { program, port, operations, readyMs, origin: `http://localhost:${port}`, codeFor: codeFromOutbox(() => terminalCookie(TERMINAL_SECRET)) };
  }

  /** Where PostgreSQL listens now. */
  get socket(): string {
    return join(this.postgres.socketFolder, '.s.PGSQL.5432');
  }

  /** As the database's owner. */
  databaseUrl(service: ServiceName): string {
    return this.postgres.url(`muster_${service}`);
  }

  /** Kills the postmaster, and starts another one on its files, which recovers from the log. */
  async crashDatabase(): Promise<void> {
    process.kill(this.postgres.pid, 'SIGKILL');
    await this.postgres.exited;
    await this.postgres.stop();
    this.postgres = await startPostgres({ dataFolder: join(this.folder, 'postgres') });
  }

  async close(): Promise<void> {
    await this.postgres.stop();
  }
}
