// `npm run bench:jobs [-- --places 2,6,20,60 --rounds 7]`
import { parseArgs } from 'node:util';
import type { InviteId } from '@muster/contracts/matching/ids';
import { acceptInvite } from '@muster/contracts/matching/invites.routes';
import type { TestPerson } from '@muster/platform/testing/http';
import { MatchingTest } from '../../apps/matching/test/start-matching';
import { median, rounded } from './calibrate';
import { benchDatabase } from './database';
import { report } from './report';
import { percentile } from './rounds';

const AIMS = { timesOneByOne: 1.2, accepted: 1, retries: 0, deadlocks: 0 };

const { values: options } = parseArgs({
  options: {
    places: { type: 'string', default: '2,6,20,60' },
    rounds: { type: 'string', default: '7' },
    'no-keep': { type: 'boolean', default: false },
  },
});

/** @returns whether it was answered with a success */
type Accept = () => Promise<boolean>;

/** A line with as many places as workers, each of whom is asked for it. */
async function invited(test: MatchingTest, workers: readonly TestPerson[], day: number): Promise<Accept[]> {
  const contractor = test.contractor();
  const line = await test.openLine(contractor, { count: workers.length, days: [test.day(day)] });
  const accepts: Accept[] = [];
  for (const worker of workers) {
    const params: { inviteId: InviteId } = await test.invite(contractor, line, worker);
    accepts.push(async () => (await test.http.send(acceptInvite, { as: worker, params })).status === 200);
  }
  return accepts;
}

async function timed(accepts: readonly Accept[], atOnce: boolean): Promise<{ ms: number; accepted: number; times: readonly number[] }> {
  const times: number[] = [];
  let accepted = 0;
  const startedAt = performance.now();
  const one = async (accept: Accept): Promise<void> => {
    const from = performance.now();
    if (await accept()) accepted += 1;
    times.push(performance.now() - from);
  };
  if (atOnce) await Promise.all(accepts.map(one));
  else for (const accept of accepts) await one(accept);
  return { ms: performance.now() - startedAt, accepted, times };
}

/** The two ways take turns, on days of their own, so that a busy minute of the machine falls on both. */
async function measured(test: MatchingTest, places: number, rounds: number) {
  const workers = await test.workers(places);
  const turns = [];
  for (let round = 0; round < rounds; round += 1) {
    const oneByOne = await timed(await invited(test, workers, 1 + 2 * round), false);
    turns.push({ oneByOne, atOnce: await timed(await invited(test, workers, 2 + 2 * round), true) });
  }
  const accepted = turns.reduce((sum, { oneByOne, atOnce }) => sum + oneByOne.accepted + atOnce.accepted, 0);
  return {
    places,
    /** Share of the acceptances that were answered with 200. */
    accepted: rounded(accepted / (2 * rounds * places), 4),
    oneByOneMs: rounded(median(turns.map(({ oneByOne }) => oneByOne.ms))),
    atOnceMs: rounded(median(turns.map(({ atOnce }) => atOnce.ms))),
    timesOneByOne: rounded(median(turns.map(({ oneByOne, atOnce }) => atOnce.ms / oneByOne.ms)), 2),
    aloneMs: rounded(median(turns.flatMap(({ oneByOne }) => oneByOne.times))),
    p99Ms: rounded(percentile(turns.flatMap(({ atOnce }) => atOnce.times), 0.99)),
  };
}

async function main(): Promise<void> {
  const database = await benchDatabase();
  process.env['TEST_POSTGRES_URL'] = database.ownerUrl('postgres://localhost/postgres');
  const test = await MatchingTest.start();
  try {
    const sizes = [];
    for (const places of options.places.split(',').map(Number)) sizes.push(await measured(test, places, Number(options.rounds)));
    // The server is the benchmark's own, so that whatever was found in any of its databases was found here.
    const databases = await test.matching.db.query<{ pg_stat_database: { deadlocks: number } }>().selectFrom('pg_stat_database').select('deadlocks').execute();
    const deadlocks = databases.reduce((sum, each) => sum + each.deadlocks, 0);
    const retries = test.matching.db.transactionRetries;
    report({
      name: 'jobs',
      about: 'Workers who accept the places of one line at the same moment, beside as many one after the other.',
      figures: { sizes, retries, deadlocks },
      aims: AIMS,
      met: retries + deadlocks === 0 && sizes.every(({ accepted, timesOneByOne }) => accepted === AIMS.accepted && timesOneByOne <= AIMS.timesOneByOne),
      note: `Medians of ${options.rounds} rounds over HTTP against a PostgreSQL that does not wait for the disk; the two ways take turns.`,
    });
  } finally {
    await test.close();
    await database.stop();
  }
}

void main();
