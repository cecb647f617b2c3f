// `npm run bench:search [-- --workers 10000,100000,1000000 --rounds 40 --requests 500 --plant-fault]`
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { siblingsOf } from '@muster/reference/trades';
import { config } from '../../apps/matching/src/config';
import { WorkerIndex } from '../../apps/matching/src/ranking/worker-index';
import { searchByBruteForce } from '../../apps/matching/test/search/brute-force';
import { temporaryFolder } from '../product/program';
import { calibrate, cpuMs, rounded } from './calibrate';
import { benchDatabase, type BenchDatabase } from './database';
import { report } from './report';
import { measureInTurns, percentile, Running, type Cost } from './rounds';
import { asSearch, fillWorkers, searchBodies, workersOf } from './workers';

const AIMS = { timesNest: 2, recall: 1, engineP99Ms: 1, engineSearchesPerSecond: 5000 };
const ROUNDS_OF_THE_INDEX = 30;

const { values: options } = parseArgs({
  options: {
    workers: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '40' },
    requests: { type: 'string', default: '500' },
    'plant-fault': { type: 'boolean', default: false },
    'no-keep': { type: 'boolean', default: false },
  },
});
const rounds = { rounds: Number(options.rounds), requests: Number(options.requests), warmUp: 10_000 };

interface Ranking {
  readonly items: ReadonlyArray<{ readonly personId: string; readonly total: number }>;
  readonly matches: number;
}

const bodies = searchBodies(400);
const searches = bodies.map(asSearch);
const ask = bodies.map((body) => ({ method: 'POST' as const, path: searchWorkers.path, body }));

/** Everybody is asked by brute force: as many searches as that takes some seconds. */
const comparedOf = (workers: number): number => (workers <= 10_000 ? 100 : workers <= 100_000 ? 30 : 10);

/** The first answers by asking everybody, all questions in one pass over the people. */
function truthOf(workers: number): Ranking[] {
  const asked = searches.slice(0, comparedOf(workers));
  let best: Ranking[] = asked.map(() => ({ items: [], matches: 0 }));
  for (const some of workersOf(workers)) {
    best = best.map((sofar, nth) => {
      const search = asked[nth] as (typeof asked)[number];
      const found = searchByBruteForce(some, search, siblingsOf);
      const items = [...sofar.items, ...found.items].sort((a, b) => b.total - a.total || (a.personId < b.personId ? -1 : 1));
      return { items: items.slice(0, search.limit), matches: sofar.matches + found.matches };
    });
  }
  return best;
}

function shareRight(truth: readonly Ranking[], answers: readonly Ranking[]): number {
  const key = ({ items, matches }: Ranking): string => JSON.stringify([matches, items.map(({ personId, total }) => [personId, total])]);
  return truth.filter((right, nth) => key(right) === key(answers[nth] as Ranking)).length / truth.length;
}

/** The index alone: what a search costs in CPU, whatever else the machine is doing. */
function ofIndex(workers: number, truth: readonly Ranking[]) {
  const index = new WorkerIndex({ siblingsOf, now: Date.now(), capacity: workers });
  for (const some of workersOf(workers)) {
    for (const worker of some) index.upsert(worker);
    // The control: an index that has lost one worker in a hundred must be caught.
    if (options['plant-fault']) some.forEach(({ personId }, nth) => nth % 97 === 0 && index.remove(personId));
  }
  index.arrange();
  const recall = shareRight(truth, searches.slice(0, truth.length).map((search) => index.search(search)));
  const round = (): number[] => searches.map((search) => cpuMs(() => index.search(search)));
  for (let warmUp = 0; warmUp < 10; warmUp += 1) round();
  const times = Array.from({ length: ROUNDS_OF_THE_INDEX }, round).flat();
  const meanMs = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  return {
    workers, recall, meanMs: rounded(meanMs, 4),
    p50Ms: rounded(percentile(times, 0.5), 3), p99Ms: rounded(percentile(times, 0.99), 3), searchesPerSecond: Math.round(1000 / meanMs), bytesPerWorker: Math.round(index.bytes / workers),
  };
}

/** Matching's route with everything on, beside bare servers that parse the same bodies and send the same bytes. */
async function overHttp(database: BenchDatabase, workers: number, truth: readonly Ranking[], engineMicros: number) {
  const url = await database.of(config);
  await fillWorkers(database.ownerUrl(url), workers);
  const server = await Running.start({ name: 'search', args: ['search'], ask, signedIn: true, env: { DATABASE_URL: url }, nodeFlags: workers > 500_000 ? ['--max-old-space-size=8192'] : [] });
  const answers: Ranking[] = [];
  let bytes = 0;
  await server.ask(bodies.length, (body, nth) => {
    answers[nth] = JSON.parse(body) as Ranking;
    bytes += Buffer.byteLength(body);
  });
  const file = join(temporaryFolder('bench'), `answers-${workers}.json`);
  writeFileSync(file, JSON.stringify(answers));
  const costs = await measureInTurns([...['fastify', 'nest'].map((name) => ({ name, args: [name, file], ask })), server], rounds);
  const of = (name: string): Cost => costs.get(name) as Cost;
  const { cpuMicros: searchMicros, requestsPerSecond, p99Ms, rssMB } = of('search');
  const [nestMicros, fastifyMicros] = [of('nest').cpuMicros, of('fastify').cpuMicros];
  return {
    workers, recall: shareRight(truth, answers), compared: truth.length, answerBytes: Math.round(bytes / bodies.length), searchMicros, nestMicros, fastifyMicros, engineMicros,
    timesNest: rounded((searchMicros - engineMicros) / nestMicros, 2), shareOfFastify: rounded(fastifyMicros / searchMicros, 2), requestsPerSecond, p99Ms, rssMB,
  };
}

async function main(): Promise<void> {
  const { steps: calibration, scale } = calibrate();
  const database = await benchDatabase();
  const engine: Array<ReturnType<typeof ofIndex>> = [];
  const http: Array<Awaited<ReturnType<typeof overHttp>>> = [];
  try {
    for (const workers of options.workers.split(',').map(Number)) {
      const truth = truthOf(workers);
      const index = ofIndex(workers, truth);
      engine.push(index);
      http.push(await overHttp(database, workers, truth, rounded(index.meanMs * 1000)));
    }
  } finally {
    await database.stop();
  }
  const largest = engine.at(-1) as (typeof engine)[number];
  report({
    name: 'search',
    about: 'Finding the twenty best of all workers: the index alone, and matching’s route with everything on.',
    figures: { calibration, scale, engine, http },
    aims: AIMS,
    met:
      [...engine, ...http].every(({ recall }) => recall >= AIMS.recall) && http.every(({ timesNest }) => timesNest <= AIMS.timesNest) &&
      largest.p99Ms * scale <= AIMS.engineP99Ms && largest.searchesPerSecond >= AIMS.engineSearchesPerSecond * scale,
    note:
      `The bare servers parse the same bodies and send the same answers. Recall is compared with asking everybody, in as many searches as \`compared\` says. ` +
      `The aims of the index hold for the largest market; timesNest is (search − index) ÷ bare Nest. Scale ${scale}.`,
  });
}

void main();
