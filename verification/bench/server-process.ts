// A server under measurement is a process of its own that tells what it used. This is the bench's hand on it.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FromServer, Usage } from './serve';

export interface ServerOptions {
  /** Beside this file: `bare-server.ts`. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Of Node: `--cpu-prof`, `--max-old-space-size=…`. */
  readonly nodeFlags?: readonly string[];
  readonly patienceMs?: number;
}

const typescript = join(__dirname, '..', '..', 'tools', 'ts.cjs');

export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start({ script, args = [], env = {}, nodeFlags = [], patienceMs = 60_000 }: ServerOptions): Promise<ServerProcess> {
    const child = fork(join(__dirname, script), [...args], {
      execArgv: ['-C', 'source', '-r', typescript, ...nodeFlags],
      env: { ...process.env, NODE_ENV: 'production', ...env },
      // Logs are written and thrown away; complaints are seen.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ready = await answerOf(child, 'ready', patienceMs).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    return new ServerProcess(child, ready.port);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  usage(): Promise<Usage> {
    return this.ask('usage');
  }

  /** An access token that is good for five minutes from now. */
  async token(): Promise<string> {
    return (await this.ask('token')).token;
  }

  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    if (this.child.exitCode !== null) return;
    this.child.send({ ask: 'stop' });
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(late);
  }

  private ask<Kind extends 'usage' | 'token'>(kind: Kind): Promise<Extract<FromServer, { is: Kind }>> {
    const answer = answerOf(this.child, kind, 30_000);
    this.child.send({ ask: kind });
    return answer;
  }
}

function answerOf<Kind extends FromServer['is']>(child: ChildProcess, kind: Kind, patienceMs: number): Promise<Extract<FromServer, { is: Kind }>> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      clearTimeout(late);
      child.off('message', hear);
      child.off('exit', died);
      if (error) reject(error);
    };
    const hear = (message: FromServer): void => {
      if (message.is !== kind) return;
      end();
      resolve(message as Extract<FromServer, { is: Kind }>);
    };
    const died = (code: number | null): void => end(new Error(`a server ended with ${String(code)} before it was ${kind}`));
    const late = setTimeout(() => end(new Error(`a server gave no ${kind} in ${patienceMs / 1000} s`)), patienceMs);
    child.on('message', hear);
    child.once('exit', died);
  });
}
