import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { codeFromOutbox } from './codes';
import { Program, root } from './program';
import type { Site } from './visitor';

/** A Muster that is harmed while people use it, and read afterwards. */
export interface Product extends Site {
  /** False while it is known to be down. */
  readonly isRunning: boolean;
  untilUp(): Promise<void>;
  /** As the database's owner. */
  databaseUrl(service: ServiceName): string;
}

interface StandaloneOptions {
  readonly data: string;
  readonly port: number;
  /** What node is called with, before standalone's own arguments; the built product where it is left out. */
  readonly program?: readonly string[];
  /** Of node's own, such as `-r FILE`. */
  readonly before?: readonly string[];
  readonly arguments?: readonly string[];
  /** Beyond the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Dozens of people behind one address are the doing of whoever measures or crashes, not a storm to be throttled. */
export const unlimited = {
  LOG_LEVEL: 'error',
  LIMITS: 'none',
  RATE_LIMITS: ['credential', 'refresh', 'write', 'read', 'search'].map((rate) => `${rate}=1000000/1000000`).join(),
  SHED_LOAD: 'false',
};

/** Builds what is stale of the named projects and of what they need; of all without a name. */
export function build(...projects: string[]): void {
  execFileSync(process.execPath, [join(root, 'tools/dev/build.mjs'), '--quiet', ...projects], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** One standalone Muster, which may be started, ended and killed many times on one data folder. */
export class Standalone implements Product {
  readonly origin: string;
  readonly codeFor = codeFromOutbox(() => this.terminalCookie());
  private running: Program | undefined;
  private openGate: () => void = () => undefined;
  private gate: Promise<void> = Promise.resolve();

  constructor(private readonly options: StandaloneOptions) {
    this.origin = `http://localhost:${options.port}`;
    this.closeGate();
  }

  /** Resolves while Muster is up; clients wait here after they lost it. */
  untilUp(): Promise<void> {
    return this.gate;
  }

  get output(): string {
    return this.running?.printed ?? '';
  }

  get pid(): number {
    return this.running?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.running?.isRunning ?? false;
  }

  /** Opens the link that the present start has printed, as a browser at this machine does; empty while there is none. */
  async terminalCookie(): Promise<string> {
    const link = /^Open (\S+)/m.exec(this.output)?.[1];
    const answer = link === undefined ? undefined : await fetch(link, { redirect: 'manual' }).catch(() => undefined);
    return answer?.headers.getSetCookie()[0] ?? '';
  }

  /** @returns milliseconds until it was ready; undefined when it was killed before. @throws Error when it ended otherwise */
  async start(env: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
    const { before = [], program = [join(root, 'apps/standalone/dist/main.js')], port, data, arguments: more = [] } = this.options;
    const all = { ...process.env, ...unlimited, ...this.options.env, ...env };
    const running = new Program([...before, ...program, '--port', String(port), '--data', data, ...more], all, () => this.closeGate());
    this.running = running;
    // The last line of a start: what it prints before, such as the link and passwords, is there then.
    const ms = await running.ready((printed) => printed.includes('Ctrl-C ends Muster.'));
    if (ms !== undefined) this.openGate();
    return ms;
  }

  /** `kill -9` of the node process, and with `database` of the postmaster: the next start then recovers from the log. */
  async kill({ database = false } = {}): Promise<void> {
    const postmaster = database ? this.postmaster()[0] : undefined;
    const gone = this.running?.end('SIGKILL');
    if (postmaster !== undefined && this.databaseProcesses().includes(postmaster)) process.kill(Number(postmaster), 'SIGKILL');
    await gone;
  }

  /** @returns the exit code of an orderly end */
  async end(): Promise<number | null> {
    return (await this.running?.end()) ?? null;
  }

  /** Waits until the process ended by itself; false when it did not in time. */
  async gone(withinMs: number): Promise<boolean> {
    return (await this.running?.gone(withinMs)) ?? true;
  }

  /** Processes that work in the data folder: the database's, whoever started them. */
  databaseProcesses(): string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(this.options.data);
      } catch {
        return false; // it ended meanwhile
      }
    });
  }

  /** How long the named processes of the database lived on, milliseconds; `mostMs` when they still do. */
  async databaseGoneAfter(before: readonly string[], mostMs: number): Promise<number> {
    const start = Date.now();
    while (Date.now() - start < mostMs) {
      if (!this.databaseProcesses().some((pid) => before.includes(pid))) return Date.now() - start;
      await sleep(20);
    }
    return mostMs;
  }

  /** Where the five services answer each other, `/metrics` included, under a prefix each. */
  get internalSocket(): string {
    return join(this.postmaster()[4] ?? '', 'internal.sock');
  }

  /** As the database's owner, over its private socket. */
  databaseUrl(service: ServiceName): string {
    return `postgres://postgres@localhost/muster_${service}?host=${encodeURIComponent(this.postmaster()[4] ?? '')}`;
  }

  private postmaster(): string[] {
    return readFileSync(join(this.options.data, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  }

  private closeGate(): void {
    this.openGate(); // whoever waited at the old one asks again
    this.gate = new Promise((resolve) => (this.openGate = resolve));
  }
}
