import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@muster/platform/testing/free-port';
import type { ReceivedSpan } from '@muster/platform/testing/otlp-sink';
import { root } from '../product/program';

const UP_SECONDS = 400;
const files = ['compose.yaml', 'verification/smoke/compose.trace.yaml'].flatMap((file) => ['--file', join(root, file)]);

interface Container {
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
  readonly ExitCode: number;
}

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

  /** @returns seconds until every container is healthy, volumes and secrets made on the way; the images are there */
  async up(): Promise<number> {
    const started = performance.now();
    await this.compose(['up', '--wait', '--no-build', '--quiet-pull'], UP_SECONDS);
    return (performance.now() - started) / 1000;
  }

  async spans(): Promise<ReceivedSpan[]> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.sink}`, { signal: AbortSignal.timeout(10_000) });
    return (await answer.json()) as ReceivedSpan[];
  }

  /** Containers that restarted, or are not as they should be after the walk. */
  async unhealthy(): Promise<string[]> {
    const rows = (await this.compose(['ps', '--all', '--format', 'json'])).trim().split('\n').flatMap((line) => JSON.parse(line) as Container | Container[]);
    return rows
      .filter(({ Service, State, Health, ExitCode }) => (Service === 'setup' ? ExitCode !== 0 : State !== 'running' || Health !== 'healthy'))
      .map(({ Service, State, Health }) => `${Service} is ${State} ${Health}`);
  }

  async down(): Promise<void> {
    await this.compose(['down', '--volumes', '--remove-orphans', '--timeout', '20'], 180);
  }

  /** @throws Error with what compose said, unless it ended with 0 */
  async compose(args: readonly string[], withinSeconds = 60): Promise<string> {
    const { web, mail, sink } = this.ports;
    const { stdout } = await promisify(execFile)('docker', ['compose', '--project-name', this.project, ...files, ...args], {
      cwd: root,
      env: { ...process.env, MUSTER_PORT: String(web), MAILPIT_PORT: String(mail), SINK_PORT: String(sink), OTEL_EXPORTER_OTLP_ENDPOINT: 'http://sink:4318', COMPOSE_PROGRESS: 'plain' },
      timeout: withinSeconds * 1000,
      maxBuffer: 64 << 20,
    });
    return stdout;
  }
}
