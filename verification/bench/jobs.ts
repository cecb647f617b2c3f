// `npm run bench:jobs [-- --places 2,6,20,60 --rounds 7]`
import { parseArgs } from 'node:util';
import type { InviteId } from '@muster/contracts/matching/ids';
import { acceptInvite } from '@muster/contracts/matching/invites.routes';
import type { TestPerson } from '@muster/platform/testing/http';
import { MatchingTest } from '../../apps/matching/test/start-matching';
import { median, rounded } from './calibrate';
import { benchDatabase } from './database';
import { report } from './report';

const AIMS = { timesOneByOne: 1.2, accepted: 1, retries: 0, deadlocks: 0 };

const { values: options } = parseArgs({
  options: {
    places: { type: 'string', default: '2,6,20,60' },
    rounds: { type: 'string', default: '7' },
    'no-keep': { type: 'boolean', default: false },
  },
});

interface Run {
  readonly ms: number;
  readonly accepted: number;
  /** Of each acceptance, from the request to the answer. */
  readonly times: readonly number[];
}

interface Figures {
  readonly places: number;
  /** Share of the acceptances that were answered with 200. */
  readonly accepted: number;
  readonly oneByOneMs: number;
  readonly atOnceMs: number;
  readonly timesOneByOne: number;
  readonly aloneMs: number;
  readonly p99Ms: number;
}

/** A line with as many places as workers, each of whom is asked for it. */
async function invited(test: MatchingTest, workers: readonly TestPerson[], day: number): Promise<Array<() => Promise<number>>> {
  const contractor = test.contractor();
  const line = await test.openLine(contractor, { count: workers.length, days: [test.day(day)] });
  const accepts: Array<() => Promise<number>> = [];
  for (const worker of workers) {
    const invite: { inviteId: InviteId } = await test.invite(contractor, line, worker);
    accepts.push(async () => (await test.http.send(acceptInvite, { as: worker, params: invite })).status);
  }
  return accepts;
}

async function timed(accepts: ReadonlyArray<() => Promise<number>>, atOnce: boolean): Promise<Run> {
  const times: number[] = [];
  let accepted = 0;
  const one = async (accept: () => Promise<number>): Promise<void> => {
    const startedAt = performance.now();
    if ((await accept()) === 200) accepted += 1;
    times.push(performance.now() - startedAt);
  };
  const startedAt = performance.now();
  if (atOnce) await Promise.all(accepts.map(one));
  else for (const accept of accepts) await one(accept);
  return { ms: performance.now() - startedAt, accepted, times };
}

/** The two ways take turns, on days of their own, so that a busy minute of the machine falls on both. */
async function measured(test: MatchingTest, places: number, rounds: number): Promise<Figures> {
  const workers = await test.workers(places);
  const [oneByOne, atOnce]: [Run[], Run[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [turn, runs] of [oneByOne, atOnce].entries()) {
      runs.push(await timed(await invited(test, workers, 1 + 2 * round + turn), runs === atOnce));
    }
  }
  const ratios = atOnce.map((run, round) => run.ms / (oneByOne[round] as Run).ms);
  const together = atOnce.flatMap(({ times }) => times).toSorted((a, b) => a - b);
  return {
    places,
    accepted: rounded([...oneByOne, ...atOnce].reduce((sum, run) => sum + run.accepted, 0) / (2 * rounds * places), 4),
    oneByOneMs: rounded(median(oneByOne.map(({ ms }) => ms))),
    atOnceMs: rounded(median(atOnce.map(({ ms }) => ms))),
    timesOneByOne: rounded(median(ratios), 2),
    aloneMs: rounded(median(oneByOne.flatMap(({ times }) => times))),
    p99Ms: rounded(together[Math.ceil(together.length * 0.99) - 1] as number),
  };
}

async function main(): Promise<void> {
  const database = await benchDatabase();
  process.env['TEST_POSTGRES_URL'] = database.ownerUrl('postgres://localhost/postgres');
  const test = await MatchingTest.start();
  try {
    const sizes: Figures[] = [];
    for (const places of options.places.split(',').map(Number)) sizes.push(await measured(test, places, Number(options.rounds)));
    // The server is the benchmark's own, so that whatever was found in any of its databases was found here.
    const databases = await test.matching.db.query<{ pg_stat_database: { deadlocks: number } }>().selectFrom('pg_stat_database').select('deadlocks').execute();
    const deadlocks = databases.reduce((sum, each) => sum + each.deadlocks, 0);
    const figures = { sizes, retries: test.matching.db.transactionRetries, deadlocks };
    report({
      name: 'jobs',
      about: 'Workers who accept the places of one line at the same moment, beside as many one after the other.',
      figures,
      aims: AIMS,
      met:
        figures.retries === 0 && figures.deadlocks === 0 &&
        sizes.every(({ accepted, timesOneByOne }) => accepted === AIMS.accepted && timesOneByOne <= AIMS.timesOneByOne),
      tables: [
        {
          title: 'As many workers as places',
          columns: ['places', 'accepted', 'one by one, ms', 'at once, ms', '× one by one', 'one alone, ms', 'p99 at once, ms'],
          rows: sizes.map((one) => [one.places, one.accepted, one.oneByOneMs, one.atOnceMs, one.timesOneByOne, one.aloneMs, one.p99Ms]),
        },
      ],
      notes: [
        `Medians of ${options.rounds} rounds over HTTP against a PostgreSQL that does not wait for the disk; the two ways take turns. ` +
          `Transactions repeated: ${figures.retries}; deadlocks that PostgreSQL found: ${figures.deadlocks}.`,
      ],
    });
  } finally {
    await test.close();
    await database.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
