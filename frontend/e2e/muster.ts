import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const POLL_MS = 50;

/** Where a product runs and what it has printed; plain data, so that one process can hand it to another. */
export interface MusterAddress {
  readonly origin: string;
  /** The file to which the product prints. A new start empties it. */
  readonly output: string;
  readonly pid: number;
}

/** A product that runs on this machine, whichever process has started it. */
export class Muster {
  constructor(protected address: MusterAddress) {}

  get origin(): string {
    return this.address.origin;
  }

  /** The first group of what the present start has printed; empty where nothing matches. */
  says(pattern: RegExp): string {
    return pattern.exec(this.printed())?.[1] ?? '';
  }

  /** The link in the terminal. A browser that has opened it may read the mail and look around the demo. */
  terminalLink(): string {
    return this.says(/^Open (\S+)/m);
  }

  /** Waits until the product can be used. */
  async ready(): Promise<this> {
    while (!this.printed().includes('Ctrl-C ends')) {
      if (!isAlive(this.address.pid)) throw new Error(`Muster did not start:\n${this.printed()}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return this;
  }

  private printed(): string {
    return readFileSync(this.address.output, 'utf8');
  }
}

/** The whole product, started by this process as a newcomer starts it, on a data folder of its own. */
export class OwnMuster extends Muster {
  private child: ChildProcess;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    private readonly args: readonly string[],
  ) {
    const child = run(port, folder, args);
    super({ origin: `http://localhost:${port}`, output: outputIn(folder), pid: child.pid ?? 0 });
    this.child = child;
  }

  /** Does not wait until the product can be used; `ready` does. @param args further ones of `npm start` */
  static async start(...args: string[]): Promise<OwnMuster> {
    const folder = mkdtempSync(join(tmpdir(), 'muster-e2e-'));
    // Root's database runs as another user, and would keep its files elsewhere, for ever, where it could not pass.
    chmodSync(folder, 0o755);
    return new OwnMuster(await freePort(), folder, args);
  }

  /** Ctrl-C and a new start on the same data. */
  async restart(): Promise<void> {
    await this.end();
    this.child = run(this.port, this.folder, this.args);
    this.address = { ...this.address, pid: this.child.pid ?? 0 };
    await this.ready();
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** By which another process finds this product. */
  whereabouts(): MusterAddress {
    return this.address;
  }

  private async end(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGINT');
    await ended;
  }
}

function run(port: number, folder: string, args: readonly string[]): ChildProcess {
  const output = openSync(outputIn(folder), 'w');
  const start = [join(root, 'tools/dev/start.mjs'), '--port', String(port), '--data', join(folder, 'data'), ...args];
  const child = spawn(process.execPath, start, { cwd: root, stdio: ['ignore', output, output] });
  closeSync(output);
  return child;
}

function outputIn(folder: string): string {
  return join(folder, 'output.txt');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
