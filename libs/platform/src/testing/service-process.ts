import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ServiceConfig } from '../config/define-config';
import { CheckedLines } from './checked-lines';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { testDatabase, type TestDatabase } from './test-database';

interface ProcessOptions {
  /** Absolute path of the program, which calls `runService`. */
  readonly program: string;
  readonly config: ServiceConfig;
  readonly env?: Readonly<Record<string, string>>;
  /** One that the test uses afterwards as well, and drops. */
  readonly database?: TestDatabase;
}

export interface ServiceProcess {
  readonly process: ChildProcess;
  readonly publicUrl: string;
  readonly operationsUrl: string;
  /** The lines printed on standard output so far. */
  lines(): Record<string, unknown>[];
  /** The text printed on the error stream. */
  complaints(): string;
  /** @throws Error when a line was not as its schema says */
  close(): Promise<void>;
}

const repository = join(__dirname, '../../../..');

/** A service as an operator would start it: a process of its own with nothing but an environment. */
export async function startServiceProcess({ program, config, env = {}, database: given }: ProcessOptions): Promise<ServiceProcess> {
  const database = given ?? (await testDatabase(config));
  const [port, operationsPort] = [await freePort(), await freePort()];
  const argv = ['--conditions=source', '-r', join(repository, 'tools/ts.cjs'), program];
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      CURSOR_SECRET: 'a secret that only tests know, long enough',
      PORT: String(port),
      OPS_PORT: String(operationsPort),
      DRAIN_SECONDS: '0',
      ...env,
    },
  });
  let [printed, complaints] = ['', ''];
  const checked = new CheckedLines();
  child.stdout.setEncoding('utf8').on('data', (part: string) => (printed += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part));
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const operationsUrl = `http://127.0.0.1:${operationsPort}`;
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    if (!given) await database.drop();
    for (const line of printed.split('\n').slice(0, -1)) checked.write(line);
    checked.assertSound();
  };
  const lines = (): Record<string, unknown>[] =>
    printed.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`it ended:\n${complaints}`);
    if ((await fetch(`${operationsUrl}/health/live`)).status !== 200) throw new Error('not yet');
  }, 60_000).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { process: child, publicUrl: `http://127.0.0.1:${port}`, operationsUrl, lines, complaints: () => complaints, close };
}
