// Matching's search over HTTP with everything on, beside bare servers that send the same bytes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { siblingsOf } from '@muster/reference/trades';
import { config } from '../../apps/matching/src/config';
import { radiusKmOf } from '../../apps/matching/src/search/distance.rules';
import { WorkerIndex } from '../../apps/matching/src/search/worker-index';
import type { WorkerSearch } from '../../apps/matching/src/search/worker-search';
import { searchByBruteForce } from '../../apps/matching/test/search/brute-force';
import { cpuMs, median, rounded } from './calibrate';
import type { BenchDatabase } from './database';
import { LoadClient, requestOf } from './load';
import { measureInTurns, type Cost, type Rounds } from './rounds';
import { ServerProcess } from './server-process';
import { fillWorkers, pointOf, searchBodies, storedWorkers, type SearchBody } from './worker-rows';

export interface HttpFigures {
  readonly workers: number;
  /** Share of the answers compared that equal the brute force's. */
  readonly recall: number;
  readonly compared: number;
  readonly loadSeconds: number;
  readonly answerBytes: number;
  /** CPU of one request, microseconds. */
  readonly searchMicros: number;
  readonly nestMicros: number;
  readonly fastifyMicros: number;
  readonly engineMicros: number;
  /** (search − engine) ÷ bare Nest: the aim is 1.8. */
  readonly timesNest: number;
  /** Bare Fastify ÷ search: the moonshot is ½. */
  readonly shareOfFastify: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly rssMB: number;
}

type Answer = OutputOf<typeof searchWorkers>;

const BODIES = 400;
/** Everybody is asked by brute force: as many searches as that takes some seconds. */
const comparedOf = (workers: number): number => (workers <= 10_000 ? 100 : workers <= 100_000 ? 30 : 10);

export async function searchOverHttp(database: BenchDatabase, folder: string, workers: number, rounds: Rounds): Promise<HttpFigures> {
  const url = await database.of(config);
  await fillWorkers(database.ownerUrl(url), workers);
  const began = performance.now();
  const flags = workers > 500_000 ? ['--max-old-space-size=8192'] : [];
  const server = await ServerProcess.start({ script: 'search-server.ts', env: { DATABASE_URL: url }, nodeFlags: flags, patienceMs: 600_000 });
  const loadSeconds = rounded((performance.now() - began) / 1000);
  const bodies = searchBodies(BODIES);
  const answers = await answersOf(server, bodies);
  const file = join(folder, `answers-${workers}.json`);
  writeFileSync(file, JSON.stringify(answers));

  const compared = comparedOf(workers);
  const recall = shareRight(workers, bodies.slice(0, compared), answers);
  const engineMicros = costOfEngine(workers, bodies);
  const ask = bodies.map((body) => ({ method: 'POST' as const, path: searchWorkers.path, body }));
  const bare = (name: string) => ({ name, script: 'bare-server.ts', args: [name, file], ask, signedIn: false });
  const costs = await measureInTurns([bare('fastify'), bare('nest'), { name: 'search', script: '', ask, signedIn: true, server }], rounds);

  const of = (name: string): Cost => costs.get(name) as Cost;
  const [fastify, nest, search] = [of('fastify'), of('nest'), of('search')];
  return {
    workers, recall, compared, loadSeconds,
    answerBytes: Math.round(answers.reduce((sum, answer) => sum + JSON.stringify(answer).length, 0) / answers.length),
    searchMicros: search.cpuMicros, nestMicros: nest.cpuMicros, fastifyMicros: fastify.cpuMicros, engineMicros,
    timesNest: rounded((search.cpuMicros - engineMicros) / nest.cpuMicros, 2),
    shareOfFastify: rounded(fastify.cpuMicros / search.cpuMicros, 2),
    requestsPerSecond: search.requestsPerSecond, p99Ms: search.p99Ms, rssMB: search.rssMB,
  };
}

async function answersOf(server: ServerProcess, bodies: readonly SearchBody[]): Promise<Answer[]> {
  const token = await server.token();
  const requests = bodies.map((body) => requestOf('POST', searchWorkers.path, { token, body }));
  const answers: Answer[] = [];
  const client = await LoadClient.open(server.port, 1);
  await client.send({ requests, count: requests.length, onBody: (body, nth) => (answers[nth] = JSON.parse(body) as Answer) });
  client.close();
  return answers;
}

function asSearch(body: SearchBody): WorkerSearch {
  const now = Date.now();
  const today = new Date(now + 5.5 * 3_600_000).toISOString().slice(0, 10) as WorkerSearch['today'];
  return {
    contractorId: '01900000-0000-7000-8000-000000000000' as WorkerSearch['contractorId'],
    site: pointOf(body.placeId), radiusKm: radiusKmOf(body.radiusKm), trade: body.trade, minimumLevel: body.minimumLevel, days: body.days,
    payPerDay: body.pay.amount, language: body.language, limit: body.limit, now, today,
  };
}

/** All the questions in one pass over the people, a few thousand of them at a time: a million documents don't fit. */
function shareRight(workers: number, bodies: readonly SearchBody[], answers: readonly Answer[]): number {
  const searches = bodies.map(asSearch);
  const best = searches.map(() => ({ items: [] as { personId: string; total: number }[], matches: 0 }));
  const some: ReturnType<typeof storedWorkers> extends Generator<infer Worker> ? Worker[] : never = [];
  const judge = (): void => {
    searches.forEach((search, nth) => {
      const sofar = best[nth] as (typeof best)[number];
      const found = searchByBruteForce(some, search, siblingsOf);
      const items = [...sofar.items, ...found.items].sort((a, b) => b.total - a.total || (a.personId < b.personId ? -1 : 1));
      best[nth] = { items: items.slice(0, search.limit), matches: sofar.matches + found.matches };
    });
    some.length = 0;
  };
  for (const worker of storedWorkers(workers)) if (some.push(worker) === 5000) judge();
  judge();
  const key = ({ items, matches }: { items: readonly { personId: string; total: number }[]; matches: number }): string =>
    JSON.stringify([matches, items.map(({ personId, total }) => [personId, total])]);
  return best.filter((truth, nth) => key(truth) === key(answers[nth] as Answer)).length / searches.length;
}

/** The index alone on the same people and questions, microseconds of CPU. */
function costOfEngine(workers: number, bodies: readonly SearchBody[]): number {
  const index = new WorkerIndex({ siblingsOf, now: Date.now(), capacity: workers });
  for (const worker of storedWorkers(workers)) index.upsert(worker);
  index.arrange();
  const searches = bodies.map(asSearch);
  const round = (): number => (cpuMs(() => searches.forEach((search) => index.search(search))) / searches.length) * 1000;
  for (let warmUp = 0; warmUp < 10; warmUp += 1) round();
  const times = Array.from({ length: 20 }, round).toSorted((a, b) => a - b);
  return rounded(Math.min(median(times), times[2] ?? 0));
}
