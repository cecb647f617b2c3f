import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { prepareDatabases, type DatabaseAddress } from '../../apps/standalone/src/databases';
import { startPostgres, type RunningPostgres } from '../../apps/standalone/src/postgres/start-postgres';
import { Secrets } from '../../apps/standalone/src/secrets';
import { terminalCookie } from '../../apps/auth/src/terminal/terminal-cookie';
import type { BuildCopy } from './build-copy';
import { freePort } from '@muster/platform/testing/free-port';

/** Services as processes of their own, as a cluster runs them, over one embedded PostgreSQL. */
export class RealServices {
  private constructor(
    private readonly copy: BuildCopy,
    private readonly postgres: RunningPostgres,
    private readonly databases: Record<ServiceName, DatabaseAddress>,
    private readonly secrets: Secrets,
  ) {}

  static async open(copy: BuildCopy, folder: string): Promise<RealServices> {
    const postgres = await startPostgres({ dataFolder: join(folder, 'postgres') });
    return new RealServices(copy, postgres, await prepareDatabases(postgres), new Secrets(folder));
  }

  /** @throws Error when it is not ready within half a minute */
  async start(name: ServiceName, env: Readonly<Record<string, string>>): Promise<RealService> {
    const [port, operations] = [await freePort(), await freePort()];
    const { secrets, databases } = this;
    const child = spawn(process.execPath, this.copy.program(name), {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'production',
        PORT: String(port),
        OPS_PORT: String(operations),
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
        LOG_LEVEL: 'fatal',
        SHED_LOAD: 'false',
        LIMITS: 'none',
        RATE_LIMITS: ['credential', 'refresh', 'write', 'read', 'search'].map((rate) => `${rate}=10000000/10000000`).join(),
        ...env,
      },
    });
    const service = new RealService(child, port, operations);
    await service.ready();
    return service;
  }

  async close(): Promise<void> {
    await this.postgres.stop();
  }
}

const TERMINAL_SECRET = 'of no terminal, for the people of these tests';

export class RealService {
  readonly address: string;
  readonly readyAt: string;

  constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly operations: number,
  ) {
    this.address = `http://localhost:${port}`;
    this.readyAt = `http://127.0.0.1:${operations}/health/ready`;
    process.once('exit', () => child.kill('SIGKILL'));
  }

  async untilUp(): Promise<void> {}

  async terminalCookie(): Promise<string> {
    return terminalCookie(TERMINAL_SECRET);
  }

  async ready(): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
      if (this.child.exitCode !== null) throw new Error('the service ended while it started');
      const answer = await fetch(this.readyAt).catch(() => undefined);
      if (answer?.status === 200) return;
    }
    throw new Error('the service did not become ready');
  }

  /** SIGTERM. @returns the exit code */
  async end(): Promise<number | null> {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}
