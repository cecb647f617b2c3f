import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** The whole product, started as a newcomer starts it, on a data folder of its own. */
export class Muster {
  private child: ChildProcess | undefined;
  private printed = '';

  private constructor(
    readonly origin: string,
    private readonly port: number,
    private readonly data: string,
  ) {}

  static async start(): Promise<Muster> {
    const port = await freePort();
    const muster = new Muster(`http://localhost:${port}`, port, mkdtempSync(join(tmpdir(), 'muster-e2e-')));
    await muster.run();
    return muster;
  }

  /** Ctrl-C and a new start on the same data. */
  async restart(): Promise<void> {
    await this.end('SIGINT');
    await this.run();
  }

  async stop(): Promise<void> {
    await this.end('SIGINT');
    rmSync(this.data, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    this.printed = '';
    const child = spawn(process.execPath, [join(root, 'tools/start.mjs'), '--port', String(this.port), '--data', this.data], { cwd: root });
    this.child = child;
    child.stdout.on('data', (data) => (this.printed += String(data)));
    child.stderr.on('data', (data) => (this.printed += String(data)));
    const until = Date.now() + 90_000;
    while (!this.printed.includes('Ready:')) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`Muster did not start:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
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
