import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@muster/platform/testing/free-port';
import { runChild } from './run-child';
import type { Child } from './run-child';

/** A project folder of the test, with a version, a web app of one page, and the processes started on it. */
export class TemporaryProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'muster-whole-'));
  readonly data = join(this.folder, '.muster/data');
  private readonly children: Child[] = [];

  private constructor(readonly port: number) {
    chmodSync(this.folder, 0o755);
    mkdirSync(join(this.folder, 'frontend', 'dist'), { recursive: true });
    writeFileSync(join(this.folder, 'package.json'), '{"version":"0.0.0"}');
    writeFileSync(join(this.folder, 'frontend', 'dist', 'index.html'), '<!doctype html><title>Muster</title>');
  }

  static async make(): Promise<TemporaryProject> {
    return new TemporaryProject(await freePort());
  }

  start(args: string[] = [], env: Record<string, string> = {}): Child {
    const child = runChild('standalone-program.ts', [this.folder, '--port', String(this.port), ...args], { env });
    this.children.push(child);
    return child;
  }

  /**
   * Lists the database's processes by their working directory, which differs if the account cannot reach the data
   * folder.
   */
  databaseProcesses(): string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && [this.folder, ...this.elsewhere()].some((each) => readlinkSync(`/proc/${pid}/cwd`).startsWith(each));
      } catch {
        return false;
      }
    });
  }

  /** Where the database keeps its files if its account cannot reach the data folder. */
  private elsewhere(): string[] {
    return this.children.flatMap((child) => / its files are in (\S+)\.$/m.exec(child.output())?.[1] ?? []);
  }

  /** Ends all processes that still run and waits until the database is gone too. */
  async remove(): Promise<void> {
    for (const child of this.children) child.process.kill('SIGKILL');
    await Promise.all(this.children.map(({ exited }) => exited));
    while (this.databaseProcesses().length > 0) await sleep(20);
    for (const folder of [this.folder, ...this.elsewhere().map((files) => dirname(files))]) rmSync(folder, { recursive: true, force: true });
  }
}
