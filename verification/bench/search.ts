// `npm run bench:search [-- --workers 10000,100000,1000000 --seconds 5 --rounds 40 --requests 500]`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDatabase } from './database';
import { report } from './report';
import { searchOverHttp, type HttpFigures } from './search-http';

const AIMS = { timesNest: 1.8, recall: 1, engineP99Ms: 1, engineSearchesPerSecond: 5000 };

const { values: options } = parseArgs({
  options: {
    workers: { type: 'string', default: '10000,100000,1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '40' },
    requests: { type: 'string', default: '500' },
    'no-keep': { type: 'boolean', default: false },
  },
});

interface Engine {
  readonly figures: {
    readonly calibration: number;
    readonly scale: number;
    readonly sizes: readonly {
      readonly workers: number;
      readonly recall: number;
      readonly p50Ms: number;
      readonly p99Ms: number;
      readonly searchesPerSecond: number;
      readonly bytesPerWorker: number;
    }[];
  };
  readonly met: boolean;
}

/** In a process of its own: a million workers stay nobody else's garbage. */
function engineAlone(): Engine {
  const args = ['-C', 'source', '--expose-gc', '-r', join(__dirname, '..', '..', 'tools', 'ts.cjs'), join(__dirname, 'search-engine.ts')];
  const { stdout, status } = spawnSync(process.execPath, [...args, '--workers', options.workers, '--seconds', options.seconds], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the engine’s benchmark failed');
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Engine;
}

async function overHttp(): Promise<HttpFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-search-'));
  const database = await benchDatabase();
  try {
    const figures: HttpFigures[] = [];
    const rounds = { rounds: Number(options.rounds), requests: Number(options.requests), warmUp: 10_000 };
    for (const workers of options.workers.split(',').map(Number)) figures.push(await searchOverHttp(database, folder, workers, rounds));
    return figures;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const engine = engineAlone();
  const http = await overHttp();
  const { sizes, calibration, scale } = engine.figures;
  report({
    name: 'search',
    about: 'Finding the twenty best of all workers: the index alone, and matching’s route with everything on.',
    figures: { calibration, scale, engine: sizes, http },
    aims: AIMS,
    met: engine.met && http.every(({ recall, timesNest }) => recall >= AIMS.recall && timesNest <= AIMS.timesNest),
    tables: [
      {
        title: 'The index alone',
        columns: ['workers', 'recall', 'p50 ms', 'p99 ms', 'searches/s of a core', 'bytes a worker'],
        rows: sizes.map((one) => [one.workers, one.recall.toFixed(3), one.p50Ms, one.p99Ms, one.searchesPerSecond, one.bytesPerWorker]),
      },
      {
        title: 'Over HTTP, CPU of one request in µs',
        columns: ['workers', 'recall', 'search', 'of it the index', 'bare Nest', 'bare Fastify', '(search − index) ÷ Nest', 'Fastify ÷ search', 'requests/s', 'p99 ms', 'RSS MB'],
        rows: http.map((one) => [
          one.workers, one.recall.toFixed(3), one.searchMicros, one.engineMicros, one.nestMicros, one.fastifyMicros, one.timesNest, one.shareOfFastify,
          one.requestsPerSecond, one.p99Ms, one.rssMB,
        ]),
      },
    ],
    notes: [
      `The bare servers parse the same bodies and send the same answers (${http.map(({ answerBytes }) => answerBytes).join(', ')} bytes on average). ` +
        `Recall is compared with asking everybody: ${http.map(({ compared }) => compared).join(', ')} searches. Calibration ${calibration}, scale ${scale}.`,
    ],
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
