import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** The whole product, started as a newcomer starts it, on a data folder of its own. */
export class Muster {
  private child: ChildProcess | undefined;
  private static readonly links = new Map<string, string>();
  private printed = '';

  private constructor(
    readonly origin: string,
    private readonly port: number,
    private readonly data: string,
    private readonly args: readonly string[],
  ) {}

  /** @param args further ones of `npm start` */
  static async start(...args: string[]): Promise<Muster> {
    const port = await freePort();
    const muster = new Muster(`http://localhost:${port}`, port, mkdtempSync(join(tmpdir(), 'muster-e2e-')), args);
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

  /** The first group of what this start has printed. */
  says(pattern: RegExp): string {
    return pattern.exec(this.printed)?.[1] ?? '';
  }

  /** The link that the newest start at the origin has printed: a browser that opens it sees the mail. */
  static linkAt(origin: string): string | undefined {
    return Muster.links.get(origin);
  }

  private async run(): Promise<void> {
    this.printed = '';
    const child = spawn(process.execPath, [join(root, 'tools/dev/start.mjs'), '--port', String(this.port), '--data', this.data, ...this.args], { cwd: root });
    this.child = child;
    child.stdout.on('data', (data) => (this.printed += String(data)));
    child.stderr.on('data', (data) => (this.printed += String(data)));
    while (!this.printed.includes('Ctrl-C ends')) {
      if (child.exitCode !== null) throw new Error(`Muster did not start:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    Muster.links.set(this.origin, /^Open (\S+)/m.exec(this.printed)?.[1] ?? '');
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
