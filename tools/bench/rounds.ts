// Servers measured in turns: each round asks every one of them for as many answers, and the least of a server's rounds
// is what it costs. Whatever else the machine does hits all alike, and nothing can make a round cheaper than it is.
import { median, rounded } from './calibrate';
import { load, requestOf } from './load';
import { ServerProcess, type ServerOptions } from './server-process';

export interface Contender extends ServerOptions {
  readonly name: string;
  /** Sent in turn; the token is the server's own. */
  readonly ask: readonly { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown }[];
  readonly signedIn: boolean;
}

export interface Cost {
  /** CPU of one request, microseconds: the least of the rounds, and their median. */
  readonly cpuMicros: number;
  readonly medianMicros: number;
  /** By the clock, the best round: a client and a server on one machine. */
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly rssMB: number;
}

export interface Rounds {
  readonly rounds: number;
  readonly requests: number;
  readonly warmUp: number;
}

export async function measureInTurns(contenders: readonly Contender[], { rounds, requests, warmUp }: Rounds): Promise<Map<string, Cost>> {
  const running: { contender: Contender; server: ServerProcess }[] = [];
  try {
    for (const contender of contenders) {
      const server = await ServerProcess.start(contender);
      running.push({ contender, server });
      await askFor(server, contender, warmUp);
    }
    const seen = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      // Every second round backwards: who goes after whom should not matter.
      for (const { contender, server } of round % 2 ? running.toReversed() : running) {
        seen.get(contender.name)?.push(await oneRound(server, contender, requests));
      }
      process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    }
    return new Map([...seen].map(([name, all]) => [name, costOf(all)]));
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}

type Round = { micros: number; perSecond: number; p99Ms: number; rssMB: number };

async function oneRound(server: ServerProcess, contender: Contender, requests: number): Promise<Round> {
  const before = await server.usage();
  const { seconds, p99Ms } = await askFor(server, contender, requests);
  const after = await server.usage();
  return {
    micros: (after.cpuMicros - before.cpuMicros) / requests,
    perSecond: requests / seconds,
    p99Ms,
    rssMB: after.rssBytes / 1e6,
  };
}

async function askFor(server: ServerProcess, { ask, signedIn }: Contender, count: number) {
  const token = signedIn ? { token: await server.token() } : {};
  const requests = ask.map(({ method, path, body }) => requestOf(method, path, { ...token, body }));
  return load({ port: server.port, requests, count });
}

function costOf(rounds: readonly Round[]): Cost {
  const micros = rounds.map((round) => round.micros);
  return {
    cpuMicros: rounded(Math.min(...micros)),
    medianMicros: rounded(median(micros)),
    requestsPerSecond: Math.round(Math.max(...rounds.map(({ perSecond }) => perSecond))),
    p99Ms: rounded(Math.min(...rounds.map(({ p99Ms }) => p99Ms)), 2),
    rssMB: Math.round(rounds.at(-1)?.rssMB ?? 0),
  };
}
