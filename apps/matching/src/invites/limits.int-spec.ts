import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, searchWorkers } from '@muster/contracts/matching/jobs.routes';
import type { TestPerson } from '@muster/platform/testing/http';
import { MatchingTest } from '../../test/start-matching';

const code = platformErrors.limitReached.code;
const HOUR = 3_600;

let test: MatchingTest;
beforeAll(async () => {
  test = await MatchingTest.start({ env: { LIMITS: 'invites_per_day=3/2, jobs_per_day=4, open_places=1000/4, searches_per_minute=2, profiles_per_day=3/2' } });
});
afterAll(() => test.close());

const isNew = (person: TestPerson): TestPerson => ({ ...person, newUntil: Math.floor(test.matching.clock.now().getTime() / 1000) + HOUR });
const later = async (person: TestPerson, line: Awaited<ReturnType<MatchingTest['openLine']>>, idempotencyKey: string) => {
  const worker = await test.worker();
  return () => test.http.send(sendInvite, { as: person, params: line, body: { worker: worker.personId }, idempotencyKey });
};

describe('invites by hand', () => {
  it('are counted once however often they are repeated, and refused beyond the limit until it lifts', async () => {
    const contractor = test.contractor();
    const line = await test.openLine(contractor, { count: 6 });
    const sends = await Promise.all(['a', 'b', 'c', 'd'].map((key) => later(contractor, line, key)));
    const first = await sends[0]!();
    expect(await sends[0]!()).toMatchObject({ status: 201, body: first.body });
    for (const send of sends.slice(1, 3)) expect(await send()).toMatchObject({ status: 201 });

    const refused = await sends[3]!();
    const { params } = refused.body as { params: { liftsAt: string; retryAfterSeconds: number } };
    expect(refused).toMatchObject({ status: 429, body: { code, params: { name: 'invites_per_day', limit: 3 } } });
    expect(Number(refused.headers['retry-after'])).toBe(params.retryAfterSeconds);
    expect(params.retryAfterSeconds).toBeGreaterThan(23 * HOUR);
    test.matching.clock.setTo(new Date(params.liftsAt));
    expect(await sends[3]!()).toMatchObject({ status: 201 });
  });

  it('are fewer for a new account, and what was refused for another reason does not count', async () => {
    const contractor = isNew(test.contractor());
    const line = await test.openLine(contractor, { count: 4 });
    const wrong = () => test.http.send(sendInvite, { as: contractor, params: line, body: { worker: contractor.personId } });
    for (let n = 0; n < 3; n += 1) expect(await wrong()).toMatchObject({ status: 422 });
    const sends = await Promise.all(['a', 'b', 'c'].map((key) => later(contractor, line, key)));
    const answers = await Promise.all(sends.map((send) => send()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429]);
    expect(test.matching.db.transactionRetries).toBe(0);
  });
});

describe('jobs', () => {
  it('can be described only so often a day', async () => {
    const contractor = test.contractor();
    for (let n = 0; n < 4; n += 1) await test.draft(contractor);
    const { title, placeId } = { title: 'One more', placeId: '1262180' };
    const body = { title, placeId, lines: [test.line()] };
    expect(await test.http.refusal(describeJob, { as: contractor, body })).toMatchObject({ status: 429, code, params: { limit: 4 } });
  });

  it('of a new account wait for so many people at once, also when two are opened at the same moment', async () => {
    const contractor = isNew(test.contractor());
    const drafts = await Promise.all([1, 2].map(() => test.draft(contractor, { count: 3 })));
    const answers = await Promise.all(
      drafts.map(({ jobId, version }) => test.http.send(openJob, { as: contractor, params: { jobId }, ifMatch: version })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ params: { name: 'open_places', limit: 4, liftsAt: new Date(contractor.newUntil! * 1000).toISOString() } });
  });
});

describe('searches', () => {
  const body = () => ({ placeId: '1262180', trade: 'mason', minimumLevel: 1, days: test.days(1), pay: test.line().pay, limit: 1 });

  it('are counted by the account', async () => {
    const contractor = test.contractor();
    await test.worker();
    for (let n = 0; n < 2; n += 1) await test.http.call(searchWorkers, { as: contractor, body: body() });
    const refused = await test.http.refusal(searchWorkers, { as: contractor, body: body() });
    expect(refused).toMatchObject({ status: 429, code, params: { name: 'searches_per_minute', limit: 2 } });
    await test.http.call(searchWorkers, { as: test.contractor(), body: body() });
  });

  it('show only so many different people a day, and those who were shown again and again', async () => {
    await test.workers(3);
    const [contractor, fresh] = [test.contractor(), isNew(test.contractor())];
    const search = (as: TestPerson, limit: number) => test.http.send(searchWorkers, { as, body: { ...body(), limit } });
    expect(await search(contractor, 3)).toMatchObject({ status: 200 });
    expect(await search(contractor, 3)).toMatchObject({ status: 200 });
    expect(await search(fresh, 3)).toMatchObject({ status: 429, body: { params: { name: 'profiles_per_day', limit: 2 } } });
    expect(await search(fresh, 2)).toMatchObject({ status: 200 });
  });
});
