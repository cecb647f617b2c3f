import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { jobErrors } from '@muster/contracts/matching/errors';
import { rankForLine, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { NAGPUR } from '@muster/contracts/user/routes';
import { ChannelListener } from '@muster/platform/database/channel-listener';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
import { place } from '@muster/reference/places';
import { siblingsOf, trade } from '@muster/reference/trades';
import { sql } from 'kysely';
import { searchByBruteForce } from '../../test/search/brute-force';
import { MatchingTest, NAGPUR_CELL } from '../../test/start-matching';
import type { WorkerSearch } from '../ranking/worker-search';
import { WorkerDocumentsReader } from '../workers/worker-documents.reader';
import { IndexTail } from './index-tail';
import { LiveIndex } from './live-index';
import { SearchWorkers } from './search-workers';

let test: MatchingTest;
let contractor: TestPerson;

beforeAll(async () => {
  test = await MatchingTest.start();
  contractor = test.contractor();
});
afterAll(() => test.close());

describe('searching', () => {
  it('shows the best first, with parts that add up to the total and reasons', async () => {
    const [near] = [await test.worker({ profile: { skills: [{ trade: 'mason', level: 5, years: 20 }] } })];
    const far = await test.worker({ profile: { cell: { latitude: 21.3, longitude: 79.09 }, skills: [{ trade: 'mason', level: 2, years: 0 }] } });
    const { items, matches } = await test.search(contractor);
    expect(matches).toBe(items.length);
    expect(items.map((each) => each.personId)).toEqual([near.personId, far.personId]);
    for (const item of items) {
      expect(item.parts.reduce((sum, part) => sum + part.micro, 0)).toBe(item.total);
      for (const part of item.parts) expect(part.micro).toBeLessThanOrEqual(0);
      expect(item.reasons.map((reason) => reason.key)).toContain('free_all_days');
    }
    expect(items[1]).toMatchObject({ distanceBand: '10-25', level: 2, sibling: false });
  });

  it('counts everybody who passes, also beyond the limit', async () => {
    await test.workers(5);
    const { items, matches } = await test.search(contractor, { limit: 2 });
    expect(items).toHaveLength(2);
    expect(matches).toBe(7);
  });

  it('never answers with a coordinate or with what somebody would still come for', async () => {
    const cell = { latitude: 21.123_457, longitude: 79.087_654 };
    const worker = await test.worker({ profile: { cell, floorRate: { amount: 81_234, currency: 'INR' } } });
    const text = JSON.stringify(await test.search(contractor));
    expect(text).toContain(worker.personId);
    for (const secret of ['21.12', '79.08', '81234', 'latitude', 'floor']) expect(text).not.toContain(secret);
  });

  it('leaves out whom no filter lets through', async () => {
    const day = test.day(2);
    const hidden = [
      test.announce({ profile: { floorRate: { amount: 96_000, currency: 'INR' }, dayRate: { amount: 99_000, currency: 'INR' } } }),
      test.announce({ profile: { skills: [{ trade: 'mason', level: 1, years: 1 }] } }),
      test.announce({ profile: { skills: [{ trade: 'electrician', level: 5, years: 9 }] } }),
      test.announce({ profile: { cell: { latitude: 21.4, longitude: 79.09 } } }), // lives 28 km away and travels 25
      test.announce({ profile: { languages: ['ta'] } }),
      test.announce({ calendar: { exceptions: [{ date: day, free: false }] } }),
    ];
    await test.indexed(...hidden);
    const found = (await test.search(contractor, { days: [day], language: 'hi' })).items.map((each) => each.personId);
    for (const { personId } of hidden) expect(found).not.toContain(personId);
  });

  it.each([
    ['an unknown place', jobErrors.unknownPlace, '/body/placeId', () => ({ placeId: '1' })],
    ['an unknown trade', jobErrors.unknownTrade, '/body/trade', () => ({ trade: 'astronaut' })],
    ['a day that is over', jobErrors.dayInThePast, '/body/days/0', () => ({ days: [test.day(-1)] })],
    ['a day too far ahead', jobErrors.dayTooFar, '/body/days/0', () => ({ days: [test.day(91)] })],
    ['a day named twice', jobErrors.dayTwice, '/body/days/1', () => ({ days: [test.day(1), test.day(1)] })],
  ])('refuses %s', async (_what, error, pointer, change) => {
    const { pay } = test.line();
    const body = { placeId: NAGPUR, trade: 'mason', minimumLevel: 2, days: test.days(1), pay, ...change() };
    const problem = await test.http.refusal(searchWorkers, { as: contractor, body });
    expect(problem).toMatchObject({ status: 422, code: error.code, errors: [{ pointer }] });
  });

  it('is for contractors, and takes any amount of pay', async () => {
    const worker = await test.worker();
    const body = { placeId: NAGPUR, trade: 'mason', minimumLevel: 1, days: test.days(1), pay: { amount: 1_000_000_000, currency: 'INR' as const, basis: 'hour' as const } };
    expect(await test.http.refusal(searchWorkers, { as: worker, body })).toMatchObject({ status: 403, code: platformErrors.notAllowed.code });
    const { items } = await test.http.call(searchWorkers, { as: contractor, body: { ...body, limit: 100 } });
    expect(items.map((each) => each.personId)).toContain(worker.personId);
  });

  it('waits for nothing: the answer is there when the call returns', async () => {
    const { pay } = test.line();
    const body = searchWorkers.body.parse({ placeId: NAGPUR, trade: 'mason', minimumLevel: 2, days: test.days(1), pay });
    expect(test.matching.app.get(SearchWorkers).execute(contractor.personId, body)).toMatchObject({ matches: expect.any(Number) });
  });
});

describe('ranking for a line', () => {
  it('answers as the same search does, by what the line pays in a day', async () => {
    const pay = { amount: 11_000, currency: 'INR' as const, basis: 'hour' as const };
    const line = await test.openLine(contractor, { pay, startsAt: '08:00', endsAt: '16:00' });
    const ranked = await test.http.call(rankForLine, { as: contractor, params: line, query: { limit: 100 } });
    expect(ranked).toEqual(await test.search(contractor, { pay }));
    expect(ranked.matches).toBeGreaterThan(0);
  });

  it('ranks a draft as well, before it is opened', async () => {
    const draft = await test.draft(contractor);
    const params = { jobId: draft.jobId, lineId: draft.lines[0]!.lineId };
    expect((await test.http.call(rankForLine, { as: contractor, params })).matches).toBeGreaterThan(0);
  });
});

describe('the index', () => {
  it('equals matching every document of the tables one by one', async () => {
    const trades = ['mason', 'electrician', ...siblingsOf('mason').slice(0, 2)].filter((id) => trade(id));
    const some = Array.from({ length: 60 }, (_, n) =>
      test.announce({
        profile: {
          cell: { latitude: NAGPUR_CELL.latitude + (n % 7) * 0.06, longitude: NAGPUR_CELL.longitude - (n % 5) * 0.05 },
          travelRadiusKm: [5, 20, 60][n % 3],
          skills: [{ trade: trades[n % trades.length], level: 1 + (n % 5), years: n % 13 }],
          dayRate: { amount: 60_000 + n * 1000, currency: 'INR' },
          floorRate: { amount: 50_000 + n * 1000, currency: 'INR' },
        },
        calendar: { weekly: n % 4 === 0 ? [1, 2, 3] : [1, 2, 3, 4, 5, 6, 7], exceptions: [{ date: test.day(n % 6), free: n % 2 === 0 }] },
      }),
    );
    await test.indexed(...some);
    // Searches for workers who fit a line of their own trade on that day.
    for (const nth of [1, 2, 5, 7, 11, 14]) {
      const worker = some[nth]!;
      const line = await test.openLine(contractor, { trade: trades[nth % trades.length]!, minimumLevel: 1, days: [test.day(3)] });
      const invite = await test.invite(contractor, line, worker);
      if (nth > 1) await test.accept(worker, invite);
    }
    const repository = test.matching.app.get(WorkerDocumentsReader);
    const live = test.matching.app.get(LiveIndex);
    const site = place(NAGPUR)!;
    for (let n = 0; n < 40; n += 1) {
      const search: WorkerSearch = {
        contractorId: contractor.personId, site: site.point, radiusKm: [5, 20, 50, 300][n % 4]!, trade: trades[n % trades.length]! as WorkerSearch['trade'],
        minimumLevel: (1 + (n % 3)) as WorkerSearch['minimumLevel'], days: [test.day(1 + (n % 5)), test.day(6)].slice(0, 1 + (n % 2)),
        payPerDay: 70_000 + (n % 6) * 12_000, language: n % 5 === 0 ? 'hi' : null, limit: [3, 100][n % 2]!,
        now: test.matching.clock.now().getTime(), today: test.today(),
      };
      await eventually(async () => {
        const loaded = await repository.pageOfDocuments(undefined, 10_000);
        const { labels, ...ranking } = live.search('search', search);
        expect(ranking).toEqual(searchByBruteForce(loaded.map(({ document }) => document), search, siblingsOf));
        const names = new Map(loaded.map(({ document, displayName }) => [document.personId, displayName]));
        expect(labels.map(({ displayName }) => displayName)).toEqual(ranking.items.map(({ personId }) => names.get(personId)));
      });
    }
  });

  it('loads anew when changes were dropped that it has not seen, and when the numbering is another', async () => {
    const live = test.matching.app.get(LiveIndex);
    const tail = test.matching.app.get(IndexTail);
    const db = test.matching.db.query();
    const before = live.generation;
    await sql`update worker_change_numbering set head = head + 5`.execute(db);
    await eventually(async () => {
      await tail.readChanges();
      expect(live.generation).not.toBe(before);
    });
    const again = live.generation;
    await sql`update worker_change_numbering set epoch = gen_random_uuid()`.execute(db);
    await eventually(async () => {
      await tail.readChanges();
      expect(live.generation).not.toBe(again);
    });
    expect(live.generation?.index.size).toBe(again?.index.size);
    const worker = await test.worker();
    expect(test.isIndexed(worker.personId)).toBe(true);
  });
});

it('of another replica follows, told by a notification for each batch and not by each transaction', async () => {
  const { matching } = test;
  const other = await test.replica();
  let told = 0;
  const options = { url: matching.database.url, applicationName: 'told', channel: 'worker_changes', onLost: () => undefined };
  const listener = new ChannelListener({ ...options, onWake: () => (told += 1) });
  try {
    listener.start();
    await eventually(() => expect(told).toBe(1));
    const workers = await test.workers(10);
    await eventually(() => expect(workers.map(({ personId }) => test.isIndexed(personId, other))).toEqual(workers.map(() => true)));
    // Each worker comes from three events, and each event is a change.
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThan(30);
    test.wear(workers[0]!.personId, []);
    await eventually(() => expect(test.isIndexed(workers[0]!.personId, other)).toBe(false));
    const { rows } = await sql<{ query: string }>`
      select query from pg_stat_activity where application_name = 'muster-matching-listen' and datname = current_database()`.execute(matching.db.query());
    expect(rows.map((row) => row.query)).toEqual(Array(2).fill('listen "worker_changes"'));
  } finally {
    await listener.stop();
    await other.close();
  }
});
