import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@muster/contracts/kernel/ids';

const START_MS = 90_000;

export interface ProductOptions {
  /** What node is called with to run standalone, before its own arguments. */
  readonly program: readonly string[];
  readonly data: string;
  readonly port: number;
  /** Beyond the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One standalone Muster that is started and killed many times on one data folder. */
export class Product {
  readonly address: string;
  private child: ChildProcess | undefined;
  private printed = '';
  private openGate: () => void = () => undefined;
  private gate: Promise<void> = Promise.resolve();

  constructor(private readonly options: ProductOptions) {
    this.address = `http://localhost:${options.port}`;
    this.closeGate();
    process.once('exit', () => this.child?.kill('SIGKILL'));
  }

  /** Resolves while Muster is up; clients wait here after they lost it. */
  untilUp(): Promise<void> {
    return this.gate;
  }

  /** Opens the link that the present start has printed; empty while it has printed none. */
  async terminalCookie(): Promise<string> {
    const link = /^Open (\S+)/m.exec(this.printed)?.[1];
    if (link === undefined) return '';
    const answer = await fetch(link, { redirect: 'manual' }).catch(() => undefined);
    return answer?.headers.getSetCookie()[0] ?? '';
  }

  get output(): string {
    return this.printed;
  }

  /** @returns 'ready', or 'gone' when it was killed before it said so. @throws Error when it ended otherwise */
  async start(env: Readonly<Record<string, string>> = {}): Promise<'ready' | 'gone'> {
    const { program, port, data } = this.options;
    this.printed = '';
    const child = spawn(process.execPath, [...program, '--port', String(port), '--data', data], {
      env: { ...process.env, ...quiet, ...this.options.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.once('exit', () => this.closeGate());
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    for (const end = Date.now() + START_MS; Date.now() < end; await sleep(15)) {
      if (child.signalCode === 'SIGKILL') return 'gone';
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`Muster ended while it started:\n${this.printed}`);
      if (/^Ready: /m.test(this.printed)) {
        this.openGate();
        return 'ready';
      }
    }
    child.kill('SIGKILL');
    throw new Error(`Muster was not ready within ${START_MS} ms:\n${this.printed}`);
  }

  /** `kill -9` of the node process and of nothing else. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.untilGone();
  }

  /** The postmaster too, as when the machine's memory runs out: the next start recovers from the log. */
  async killWithDatabase(): Promise<void> {
    const pid = Number(this.postmaster()[0]);
    this.child?.kill('SIGKILL');
    if (this.databaseProcesses().includes(String(pid))) process.kill(pid, 'SIGKILL');
    await this.untilGone();
  }

  /** @returns the exit code of an orderly end */
  async end(): Promise<number | null> {
    this.child?.kill('SIGTERM');
    await this.untilGone();
    return this.child?.exitCode ?? null;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until the process ended by itself; false when it did not in time. */
  async gone(withinMs: number): Promise<boolean> {
    for (const end = Date.now() + withinMs; this.isRunning && Date.now() < end; ) await sleep(10);
    return !this.isRunning;
  }

  /** Processes that work in the data folder: the database's, whoever started them. */
  databaseProcesses(): string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(this.options.data);
      } catch {
        return false;
      }
    });
  }

  /** As the database's owner, over its private socket. */
  databaseUrl(service: ServiceName): string {
    return `postgres://postgres@localhost/muster_${service}?host=${encodeURIComponent(this.postmaster()[4] ?? '')}`;
  }

  private postmaster(): string[] {
    return readFileSync(join(this.options.data, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  }

  private async untilGone(): Promise<void> {
    if (this.child && this.isRunning) await once(this.child, 'exit');
  }

  private closeGate(): void {
    this.openGate(); // whoever waited at the old one asks again
    this.gate = new Promise((resolve) => (this.openGate = resolve));
  }
}

const unlimited = '1000000/1000000';
/** Dozens of people behind one address are this test's doing, not a storm to be throttled. */
const quiet = {
  LOG_LEVEL: 'error',
  LIMITS: 'none',
  RATE_LIMITS: ['credential', 'refresh', 'write', 'read', 'search'].map((rate) => `${rate}=${unlimited}`).join(),
  SHED_LOAD: 'false',
};

/** What a process is and does, for a person who asks why it is still there. */
export function describeProcess(pid: string): string {
  const of = (file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return 'gone';
    }
  };
  return `${pid}: ${of('cmdline')} (${/^State:\s*(.*)$/m.exec(of('status'))?.[1] ?? 'gone'}, waits in ${of('wchan')})`;
}

/** How long the named processes lived on, milliseconds; `mostMs` when they still do. */
export async function goneAfter(product: Product, before: readonly string[], mostMs: number): Promise<number> {
  const start = Date.now();
  while (Date.now() - start < mostMs) {
    if (!product.databaseProcesses().some((pid) => before.includes(pid))) return Date.now() - start;
    await sleep(20);
  }
  return mostMs;
}
