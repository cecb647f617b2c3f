import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTool } from '../../tools/dev/find-tool.mjs';

export const root = join(__dirname, '..', '..');

/** The path of a program that `npm run tools:install` brings. @throws Error when it is not on this machine */
export function tool(name: string): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is not on this machine: npm run tools:install -- ${name}`);
  return path;
}

const alive = new Set<ChildProcess>();
const folders = new Set<string>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Ctrl-C and `timeout` end what was started as well. */
export function endTogether(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

/** A folder that is gone with this process. Others may pass through it: root's database runs as another user. */
export function temporaryFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `muster-${what}-`));
  chmodSync(folder, 0o755);
  folders.add(folder);
  return folder;
}

/** A process under test, Node's own where no other command is named. What it prints is kept, and it never outlives this process. */
export class Program {
  printed = '';
  private readonly startedAt = performance.now();
  private readonly child: ChildProcess;

  constructor(args: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env, onExit: () => void = () => undefined, command = process.execPath) {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    alive.add(child);
    child.once('exit', () => {
      alive.delete(child);
      onExit();
    });
    this.child = child;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @returns the milliseconds since the start, or undefined when it was killed before. @throws Error when it ended or took too long */
  async ready(isReady: (printed: string) => boolean | Promise<boolean>, patienceMs = 120_000): Promise<number | undefined> {
    while (!(await isReady(this.printed))) {
      if (this.child.signalCode === 'SIGKILL') return undefined;
      if (!this.isRunning || performance.now() - this.startedAt > patienceMs) {
        this.child.kill('SIGKILL');
        throw new Error(`${this.child.spawnargs.slice(1).join(' ')} did not become ready:\n${this.printed.slice(-20_000)}`);
      }
      await sleep(4);
    }
    return performance.now() - this.startedAt;
  }

  /** Waits until it ended by itself; false when it did not in time. */
  async gone(withinMs: number): Promise<boolean> {
    for (const end = Date.now() + withinMs; this.isRunning && Date.now() < end; ) await sleep(10);
    return !this.isRunning;
  }

  /** Stops and continues it, as a machine does that has no time for it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  /** @returns the exit code, null after a kill */
  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    if (this.isRunning) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}
