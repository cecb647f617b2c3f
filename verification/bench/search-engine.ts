// The search engine alone, against its promises; part of `npm run bench:search`.
// node -C source --expose-gc -r ./tools/ts.cjs verification/bench/search-engine.ts [--workers 10000,100000,1000000] [--seconds 5]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { siblingsOf } from '@muster/reference/trades';
import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { WorkerIndex } from '../../apps/matching/src/search/worker-index';
import type { WorkerDocument } from '../../apps/matching/src/search/worker-document';
import type { WorkerRanking, WorkerSearch } from '../../apps/matching/src/search/worker-search';
import { searchByBruteForce } from '../../apps/matching/test/search/brute-force';
import { calibrate, cpuMs, REFERENCE_STEPS } from './calibrate';
import { makeSearch, makeWorker, randomFrom, TODAY } from './synthetic-workers';

const AIMS = { recall: 1, p99Ms: 1, searchesPerSecond: 5000 };
const PAGE = 20;

const { values: options } = parseArgs({
  options: {
    workers: { type: 'string', default: '10000,100000,1000000' },
    seconds: { type: 'string', default: '5' },
    'plant-fault': { type: 'boolean', default: false },
  },
});
const sizes = options.workers.split(',').map(Number);
const seconds = Number(options.seconds);

const isSame = (one: WorkerRanking, other: WorkerRanking) => JSON.stringify(one) === JSON.stringify(other);

function measure(index: WorkerIndex, searches: readonly WorkerSearch[]) {
  for (const search of searches.slice(0, 2000)) index.search(search);
  const times: number[] = [];
  const work: number[] = [];
  let matches = 0;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  for (let nth = 0; performance.now() - began < seconds * 1000; nth += 1) {
    const search = searches[nth % searches.length] as WorkerSearch;
    work.push(
      cpuMs(() => {
        const before = performance.now();
        matches += index.search(search).matches;
        times.push(performance.now() - before);
      }),
    );
  }
  const cpu = process.cpuUsage(cpuBefore);
  const at = (of: readonly number[], share: number) => Number((of.toSorted((a, b) => a - b)[Math.floor(of.length * share)] as number).toFixed(3));
  return {
    // What a search costs in CPU, and beside it what the clock said on a machine that may be doing other things.
    p50Ms: at(work, 0.5), p95Ms: at(work, 0.95), p99Ms: at(work, 0.99),
    wallP50Ms: at(times, 0.5), wallP99Ms: at(times, 0.99),
    // Per core: of CPU time used, whatever else the machine was doing.
    searchesPerSecond: Math.round(times.length / ((cpu.user + cpu.system) / 1e6)),
    meanMatches: Math.round(matches / times.length),
  };
}

const { steps: calibration, scale } = calibrate();
console.log(`${cpus()[0]?.model ?? 'unknown'}, node ${process.version}, calibration ${calibration} (reference ${REFERENCE_STEPS})`);

const figures = [];
for (const size of sizes) {
  const random = randomFrom(7);
  const index = new WorkerIndex({ siblingsOf, now: TODAY * DAY_MS, capacity: size });
  const people: PersonId[] = [];
  // Brute force needs documents, and a million of them don't fit: beyond this many, everybody is made again from the seed.
  const kept: WorkerDocument[] = [];
  let buildMs = 0;
  for (let made = 0; made < size; made += 5000) {
    const some = Array.from({ length: Math.min(5000, size - made) }, () => makeWorker(random));
    some.forEach(({ personId }, nth) => (made + nth) % 97 === 0 && people.push(personId));
    if (size <= 10_000) kept.push(...some);
    buildMs += cpuMs(() => some.forEach((document) => index.upsert(document)));
  }
  buildMs += cpuMs(() => index.arrange());
  // The control: an index that has lost one worker in a hundred must be caught.
  if (options['plant-fault']) people.forEach((personId) => index.remove(personId));

  const ask = randomFrom(11);
  const searches = Array.from({ length: 20_000 }, () => makeSearch(ask, people, PAGE));
  const checked = searches.slice(0, size <= 10_000 ? 200 : 40).map((search, nth) => ({ ...search, limit: nth % 2 ? 100 : PAGE }));
  const truth = bruteForce(size, kept, checked);
  const right = checked.filter((search, nth) => isSame(index.search(search), truth[nth] as WorkerRanking)).length;

  const figure = {
    workers: size,
    recall: right / checked.length,
    ...measure(index, searches),
    bytesPerWorker: Math.round(index.bytes / size),
    buildSeconds: Number((buildMs / 1000).toFixed(2)),
    turnOfDaySeconds: turnOfDay(index),
  };
  figures.push(figure);
  console.log(figure);
}

/** The answers by asking everybody, all questions in one pass over the people. */
function bruteForce(size: number, kept: readonly WorkerDocument[], checked: readonly WorkerSearch[]): WorkerRanking[] {
  if (kept.length > 0) return checked.map((search) => searchByBruteForce(kept, search, siblingsOf));
  const best = checked.map((): { items: WorkerRanking['items']; matches: number } => ({ items: [], matches: 0 }));
  const random = randomFrom(7);
  for (let done = 0; done < size; done += 5000) {
    const some = Array.from({ length: Math.min(5000, size - done) }, () => makeWorker(random));
    checked.forEach((search, nth) => {
      const sofar = best[nth] as (typeof best)[number];
      const found = searchByBruteForce(some, search, siblingsOf);
      const items = [...sofar.items, ...found.items].sort((a, b) => b.total - a.total || (a.personId < b.personId ? -1 : 1));
      best[nth] = { items: items.slice(0, search.limit), matches: sofar.matches + found.matches };
    });
  }
  return best;
}

/** What the turn of the day costs in all; searches and idle moments share it. */
function turnOfDay(index: WorkerIndex): number {
  index.rollTo((TODAY + 1) * DAY_MS);
  const took = cpuMs(() => {
    while (index.settle(1000));
  });
  return Number((took / 1000).toFixed(2));
}

const largest = figures.at(-1) as (typeof figures)[number];
const met =
  figures.every(({ recall }) => recall >= AIMS.recall) &&
  largest.p99Ms * scale <= AIMS.p99Ms &&
  largest.searchesPerSecond >= AIMS.searchesPerSecond * scale;
console.log(JSON.stringify({ name: 'search-engine', figures: { calibration, scale, sizes: figures }, aims: AIMS, met }));
