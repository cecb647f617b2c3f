import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantOf } from '@muster/contracts/kernel/civil-time';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { rankForLine, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import { NAGPUR } from '@muster/contracts/user/routes';
import type { TestPerson } from '@muster/platform/testing/http';
import { MatchingTest, ZONE } from '../../test/start-matching';

type Ranking = OutputOf<typeof searchWorkers>;

let test: MatchingTest;
let contractor: TestPerson;
const WORKERS = 23;

beforeAll(async () => {
  test = await MatchingTest.start();
  contractor = test.contractor();
  const all = Array.from({ length: WORKERS }, (_, nth) =>
    test.announce({
      profile: { dayRate: { amount: 80_000 + (nth % 9) * 2000, currency: 'INR' }, floorRate: { amount: 70_000, currency: 'INR' } },
      // The calendars have different ages, so the ranking changes on the next day.
      calendar: { updatedAt: new Date(test.matching.clock.now().getTime() - nth * 86_400_000).toISOString() },
    }),
  );
  await test.indexed(...all);
});
afterAll(() => test.close());

const body = (limit: number, cursor?: string | null) => {
  const { pay } = test.line();
  const days = test.days(2, 3);
  return { placeId: NAGPUR, trade: 'mason', minimumLevel: 2, days, pay, limit, ...(cursor ? { cursor } : {}) };
};

/** Reads all pages from the first; `between` runs before each further one. */
async function read(page: (cursor: string | null) => Promise<Ranking>, between: () => void = () => undefined): Promise<Ranking['items']> {
  const items: Ranking['items'] = [];
  let cursor: string | null = null;
  do {
    if (cursor) between();
    const ranking: Ranking = await page(cursor);
    items.push(...ranking.items);
    cursor = ranking.nextCursor;
  } while (cursor);
  return items;
}

describe('a ranking page by page', () => {
  it('is the whole ranking, and ends with the last of it', async () => {
    const whole = await test.search(contractor, body(100));
    expect(whole).toMatchObject({ matches: WORKERS, nextCursor: null });
    const pages = await read((cursor) => test.http.call(searchWorkers, { as: contractor, body: body(5, cursor) }));
    expect(pages).toEqual(whole.items);
  });

  it('of a line is the same as in one piece', async () => {
    const params = await test.openLine(contractor, { days: test.days(2, 3) });
    const whole = await test.http.call(rankForLine, { as: contractor, params, query: { limit: 100 } });
    const pages = await read((cursor) => test.http.call(rankForLine, { as: contractor, params, query: { limit: 7, ...(cursor ? { cursor } : {}) } }));
    expect(pages).toEqual(whole.items);
    expect(pages).toHaveLength(WORKERS);
  });

  it('keeps the day on which it began when midnight passes, at the site and in UTC', async () => {
    for (const [before, hours] of [['23:58', 0.1], ['05:28', 0.1]] as const) {
      // Sets the clock to two minutes before midnight at the site, or before midnight UTC.
      test.matching.clock.setTo(new Date(instantOf(test.day(1), before, ZONE)));
      const asked = body(100);
      const whole = await test.search(contractor, asked);
      const pages = await read(
        (cursor) => test.http.call(searchWorkers, { as: contractor, body: { ...asked, limit: 12, ...(cursor ? { cursor } : {}) } }),
        () => test.matching.clock.advance({ h: hours }),
      );
      expect(pages).toEqual(whole.items);
    }
  });

  it('is not read on two midnights later, by somebody else, or for another question', async () => {
    const asked = body(5);
    const { nextCursor } = await test.search(contractor, asked);
    const refused = { status: 400, code: platformErrors.staleCursor.code };
    const cursor = nextCursor as string;
    expect(await test.http.refusal(searchWorkers, { as: test.contractor(), body: { ...asked, cursor } })).toMatchObject(refused);
    expect(await test.http.refusal(searchWorkers, { as: contractor, body: { ...asked, minimumLevel: 1, cursor } })).toMatchObject(refused);
    test.matching.clock.advance({ d: 2 });
    expect(await test.http.refusal(searchWorkers, { as: contractor, body: { ...asked, cursor } })).toMatchObject(refused);
  });
});
