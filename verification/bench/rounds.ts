// Servers measured in turns: many short rounds, each asking every one of them for as many answers. What a server costs
// is the tenth percentile of its rounds: whatever else the machine does hits all alike and can only add to a round, and
// a short round has a chance to be left alone.
import { rounded } from './calibrate';
import { LoadClient, requestOf, type Answered } from './load';
import { ServerProcess, type ServerOptions } from './server-process';

export interface Contender extends ServerOptions {
  readonly name: string;
  /** Sent in turn; the token is the server's own. */
  readonly ask: readonly { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown }[];
  readonly signedIn: boolean;
  /** One that runs already; it is stopped with the others. */
  readonly server?: ServerProcess;
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

export interface Rounds {
  readonly rounds: number;
  readonly requests: number;
  readonly warmUp: number;
}

interface Round {
  readonly micros: number;
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly rssMB: number;
}

/** Half of how long a token is good for. */
const TOKEN_MS = 150_000;

/** A server that runs, with a client on it and what to send. */
class Running {
  readonly seen: Round[] = [];
  private requests: readonly Buffer[] = [];
  private signedAt = Number.NEGATIVE_INFINITY;

  private constructor(
    readonly contender: Contender,
    private readonly server: ServerProcess,
    private readonly client: LoadClient,
  ) {}

  static async start(contender: Contender): Promise<Running> {
    const server = contender.server ?? (await ServerProcess.start(contender));
    return new Running(contender, server, await LoadClient.open(server.port));
  }

  async ask(count: number): Promise<Answered> {
    if (performance.now() - this.signedAt > TOKEN_MS) {
      const token = this.contender.signedIn ? { token: await this.server.token() } : {};
      this.requests = this.contender.ask.map(({ method, path, body }) => requestOf(method, path, { ...token, body }));
      this.signedAt = performance.now();
      await this.client.send({ requests: this.requests, count: 16 });
    }
    return this.client.send({ requests: this.requests, count });
  }

  async round(count: number): Promise<void> {
    await this.ask(0);
    const before = await this.server.usage();
    const { seconds, p99Ms } = await this.ask(count);
    const after = await this.server.usage();
    this.seen.push({ micros: (after.cpuMicros - before.cpuMicros) / count, perSecond: count / seconds, p99Ms, rssMB: after.rssBytes / 1e6 });
  }

  stop(): Promise<void> {
    this.client.close();
    return this.server.stop();
  }
}

export async function measureInTurns(contenders: readonly Contender[], { rounds, requests, warmUp }: Rounds): Promise<Map<string, Cost>> {
  const running: Running[] = [];
  try {
    for (const contender of contenders) {
      const one = await Running.start(contender);
      running.push(one);
      await one.ask(warmUp);
      process.stderr.write(`${contender.name} is warm\n`);
    }
    for (let round = 0; round < rounds; round += 1) {
      // Every second round backwards: who goes after whom should not matter.
      for (const one of round % 2 ? running.toReversed() : running) await one.round(requests);
      if (round % 10 === 9) process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    }
    return new Map(running.map(({ contender, seen }) => [contender.name, costOf(seen)]));
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

function costOf(rounds: readonly Round[]): Cost {
  const at = (share: number, of: (round: Round) => number): number =>
    rounds.map(of).toSorted((a, b) => a - b)[Math.min(rounds.length - 1, Math.floor(rounds.length * share))] ?? 0;
  return {
    cpuMicros: rounded(at(0.1, ({ micros }) => micros)),
    medianMicros: rounded(at(0.5, ({ micros }) => micros)),
    requestsPerSecond: Math.round(at(0.9, ({ perSecond }) => perSecond)),
    p99Ms: rounded(at(0.5, ({ p99Ms }) => p99Ms), 2),
    rssMB: Math.round(rounds.at(-1)?.rssMB ?? 0),
  };
}
