import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ReceivedSpan } from '@muster/platform/testing/otlp-sink';
import { freePort } from '@muster/platform/testing/free-port';

const root = join(__dirname, '..', '..');
const UP_SECONDS = 400;

/** compose.yaml under a project name and on ports of its own, with a receiver of traces beside it. */
export class Stack {
  private constructor(
    readonly project: string,
    private readonly ports: { web: number; mail: number; sink: number },
  ) {}

  static async prepare(name = 'muster-smoke'): Promise<Stack> {
    const [web, mail, sink] = await Promise.all([freePort(), freePort(), freePort()]);
    return new Stack(`${name}-${process.pid}`, { web, mail, sink });
  }

  get origin(): string {
    return `https://localhost:${this.ports.web}`;
  }

  get mailAddress(): string {
    return `http://127.0.0.1:${this.ports.mail}`;
  }

  /** The images first, so that the time of {@link up} is that of starting. */
  async build(): Promise<void> {
    await this.compose(['build', '--quiet'], 1800);
  }

  /** @returns seconds until every container is healthy, volumes and secrets made on the way */
  async up(): Promise<number> {
    const started = performance.now();
    await this.compose(['up', '--wait', '--no-build', '--quiet-pull'], UP_SECONDS);
    return (performance.now() - started) / 1000;
  }

  certificate(): Promise<string> {
    return this.compose(['exec', '-T', 'web', 'cat', '/secrets/web/certificate.pem'], 30);
  }

  /** What the broker says of its streams. */
  broker(): Promise<string> {
    return this.compose(['exec', '-T', 'nats', 'wget', '-q', '-O', '-', 'http://127.0.0.1:8222/jsz?consumers=true'], 30);
  }

  async spans(): Promise<ReceivedSpan[]> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.sink}`, { signal: AbortSignal.timeout(10_000) });
    return (await answer.json()) as ReceivedSpan[];
  }

  /** Containers that restarted, or are not as they should be after the walk. */
  async unhealthy(): Promise<string[]> {
    const text = await this.compose(['ps', '--all', '--format', 'json'], 30);
    const rows = text.trim().split('\n').flatMap((line) => JSON.parse(line) as Container | Container[]);
    return rows
      .filter(({ Service, State, Health, ExitCode }) => (Service === 'setup' ? ExitCode !== 0 : State !== 'running' || Health !== 'healthy'))
      .map(({ Service, State, Health }) => `${Service} is ${State} ${Health}`);
  }

  async logs(): Promise<string> {
    return this.compose(['logs', '--no-color', '--tail', '30'], 60).catch((error: unknown) => String(error));
  }

  /** SIGTERM to all, and time enough to end. */
  async stop(): Promise<void> {
    await this.compose(['stop', '--timeout', '40'], 240);
  }

  async down(): Promise<void> {
    await this.compose(['down', '--volumes', '--remove-orphans', '--timeout', '20'], 180);
  }

  private compose(args: readonly string[], withinSeconds: number): Promise<string> {
    const files = ['--file', join(root, 'compose.yaml'), '--file', join(root, 'verification/smoke/compose.trace.yaml')];
    const { web, mail, sink } = this.ports;
    const child = spawn('docker', ['compose', '--project-name', this.project, ...files, ...args], {
      cwd: root,
      env: { ...process.env, MUSTER_PORT: String(web), MAILPIT_PORT: String(mail), SINK_PORT: String(sink), COMPOSE_PROGRESS: 'plain' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinSeconds * 1000,
    });
    let out = '';
    let said = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (said += String(data)));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        if (code === 0) resolve(out);
        else reject(new Error(`docker compose ${args.join(' ')} ended with ${code}:\n${said.split('\n').slice(-30).join('\n')}`));
      });
    });
  }
}

interface Container {
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
  readonly ExitCode: number;
}
