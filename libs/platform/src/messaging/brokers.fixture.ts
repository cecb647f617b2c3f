import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../testing/free-port';

/** The nats-server of `NATS_SERVER` or the search path; undefined when there is none. */
export function natsServerBinary(): string | undefined {
  const named = process.env['NATS_SERVER'];
  if (named) return existsSync(named) ? named : undefined;
  const found = spawnSync('nats-server', ['--version'], { stdio: 'ignore' });
  return found.error ? undefined : 'nats-server';
}

/** A nats-server with JetStream on loopback that a test may stop, start and rob of its store. */
export class TestNats {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly binary: string,
    private readonly folder: string,
    private readonly port: number,
    private readonly more: { readonly config?: string; readonly environment?: Record<string, string> },
  ) {}

  static async start(binary: string, more: { config?: string; environment?: Record<string, string> } = {}): Promise<TestNats> {
    const server = new TestNats(binary, mkdtempSync(join(tmpdir(), 'muster-nats-')), await freePort(), more);
    await server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** @param changed variables that are others this time */
  async start(changed: Record<string, string> = {}): Promise<void> {
    const { config, environment } = this.more;
    const store = join(this.folder, 'store');
    const own = join(this.folder, 'nats.conf');
    if (config) writeFileSync(own, readFileSync(config, 'utf8').replace('"/data"', JSON.stringify(store)));
    const place = ['-a', '127.0.0.1', '-p', String(this.port), '-m', '0'];
    const child = spawn(this.binary, [...place, ...(config ? ['-c', own] : ['-js', '-sd', store])], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...environment, ...changed },
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      let log = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('Server is ready')) resolve();
      });
      child.once('exit', () => reject(new Error(`nats-server ended:\n${log}`)));
    });
  }

  /** Kills the broker like a crash. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.child = undefined;
    await new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    });
  }

  loseStore(): void {
    rmSync(join(this.folder, 'store'), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
