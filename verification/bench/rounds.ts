// Servers measured in turns: many short rounds, each asking every one of them for as many answers. What a server costs
// is the tenth percentile of its rounds: whatever else the machine does hits all alike and can only add to a round, and
// a short round has a chance to be left alone.
import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';
import { root } from '../product/program';
import { rounded } from './calibrate';
import type { FromServer } from './server';

export interface Contender {
  readonly name: string;
  /** Of server.ts. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Of Node: `--cpu-prof`, `--max-old-space-size=…`. */
  readonly nodeFlags?: readonly string[];
  /** Sent in turn. */
  readonly ask: ReadonlyArray<{ readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown }>;
  /** With a token of the server's own. */
  readonly signedIn?: boolean;
}

export interface Cost {
  /** CPU of one request, microseconds: the tenth percentile of the rounds, and their median. */
  readonly cpuMicros: number;
  readonly medianMicros: number;
  /** By the clock, in the best tenth of the rounds: a client and a server on one machine. */
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly rssMB: number;
}

const CONNECTIONS = 16;
/** Half of how long a token is good for. */
const TOKEN_MS = 150_000;

/** A server that runs, and connections to it that stay. */
export class Running {
  private readonly seen: Array<{ micros: number; perSecond: number; p99Ms: number; rssMB: number }> = [];
  private token = '';
  private signedAt = Number.NEGATIVE_INFINITY;

  private constructor(
    readonly contender: Contender,
    private readonly child: ChildProcess,
    private readonly pool: Pool,
  ) {}

  static async start(contender: Contender): Promise<Running> {
    const child = fork(join(__dirname, 'server.ts'), [...contender.args], {
      execArgv: ['-C', 'source', '-r', join(root, 'tools', 'ts.cjs'), ...(contender.nodeFlags ?? [])],
      env: { ...process.env, NODE_ENV: 'production', ...contender.env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // logs are written and thrown away, complaints are seen
    });
    const { port } = await heard(child, 'ready');
    return new Running(contender, child, new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, keepAliveTimeout: 60_000 }));
  }

  /**
   * Sixteen clients that ask one thing after the other. @returns milliseconds of each request
   *
   * @throws Error on the first answer that is not a 200
   */
  async ask(count: number, onBody: (body: string, nth: number) => void = () => undefined): Promise<number[]> {
    if (this.contender.signedIn && performance.now() - this.signedAt > TOKEN_MS) {
      this.token = (await this.told('token')).token;
      this.signedAt = performance.now();
    }
    const headers = { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }) };
    const { ask } = this.contender;
    const times: number[] = [];
    let sent = 0;
    const client = async (): Promise<void> => {
      while (sent < count) {
        const nth = sent++;
        const { method, path, body } = ask[nth % ask.length] as Contender['ask'][number];
        const startedAt = performance.now();
        const answer = await this.pool.request({ method, path, headers, body: body === undefined ? null : JSON.stringify(body) });
        const text = await answer.body.text();
        if (answer.statusCode !== 200) throw new Error(`${this.contender.name} answered ${answer.statusCode}: ${text.slice(0, 600)}`);
        times.push(performance.now() - startedAt);
        onBody(text, nth);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
    return times;
  }

  async round(count: number): Promise<void> {
    await this.ask(CONNECTIONS); // with a token and connections that are there
    const before = await this.told('usage');
    const startedAt = performance.now();
    const times = await this.ask(count);
    const seconds = (performance.now() - startedAt) / 1000;
    const after = await this.told('usage');
    this.seen.push({ micros: (after.cpuMicros - before.cpuMicros) / count, perSecond: count / seconds, p99Ms: percentile(times, 0.99), rssMB: after.rssBytes / 1e6 });
  }

  get cost(): Cost {
    const { seen } = this;
    return {
      cpuMicros: rounded(percentile(seen.map(({ micros }) => micros), 0.1)),
      medianMicros: rounded(percentile(seen.map(({ micros }) => micros), 0.5)),
      requestsPerSecond: Math.round(percentile(seen.map(({ perSecond }) => perSecond), 0.9)),
      p99Ms: rounded(percentile(seen.map(({ p99Ms }) => p99Ms), 0.5), 2),
      rssMB: Math.round(seen.at(-1)?.rssMB ?? 0),
    };
  }

  async stop(): Promise<void> {
    await this.pool.close();
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send('stop');
    await gone;
  }

  private told<Kind extends 'usage' | 'token'>(kind: Kind): Promise<Extract<FromServer, { is: Kind }>> {
    const answer = heard(this.child, kind);
    this.child.send(kind);
    return answer;
  }
}

export async function measureInTurns(servers: ReadonlyArray<Contender | Running>, { rounds, requests, warmUp }: { rounds: number; requests: number; warmUp: number }): Promise<Map<string, Cost>> {
  const running: Running[] = [];
  try {
    for (const server of servers) {
      const one = server instanceof Running ? server : await Running.start(server);
      running.push(one);
      await one.ask(warmUp);
      process.stderr.write(`${one.contender.name} is warm\n`);
    }
    for (let round = 0; round < rounds; round += 1) {
      // Every second round backwards: who goes after whom should not matter.
      for (const one of round % 2 ? running.toReversed() : running) await one.round(requests);
    }
    return new Map(running.map(({ contender, cost }) => [contender.name, cost]));
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

/** @throws Error when the server ends before it says so */
async function heard<Kind extends FromServer['is']>(child: ChildProcess, kind: Kind): Promise<Extract<FromServer, { is: Kind }>> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  for await (const [message] of on(child, 'message', { signal: ended.signal }) as AsyncIterable<[FromServer]>) {
    if (message.is === kind) return message as Extract<FromServer, { is: Kind }>;
  }
  throw new Error(`a server ended before it was ${kind}`);
}
