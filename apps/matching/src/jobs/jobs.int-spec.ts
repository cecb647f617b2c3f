import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantOf } from '@muster/contracts/kernel/civil-time';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { jobErrors } from '@muster/contracts/matching/errors';
import type { JobId, LineId } from '@muster/contracts/matching/ids';
import { describeJob, listJobs, openJob, rankForLine, readJob } from '@muster/contracts/matching/jobs.routes';
import { newId } from '@muster/platform/kernel/ids';
import type { TestPerson } from '@muster/platform/testing/http';
import { MatchingTest, ZONE } from '../../test/start-matching';

let test: MatchingTest;
let contractor: TestPerson;

beforeAll(async () => {
  test = await MatchingTest.start();
  test.dawn();
  contractor = test.contractor();
});
afterAll(() => test.close());

describe('describing a job', () => {
  it('keeps it as a draft with a slot for each place', async () => {
    const days = [test.day(3), test.day(1)];
    const body = { ...test.jobBody({ count: 2, days }, { trade: 'electrician', count: 1 }), description: 'Bring boots\n' };
    const job = await test.http.call(describeJob, { as: contractor, body });
    expect(job).toMatchObject({
      state: 'draft', places: 3, filled: 0, version: 1, firstDay: test.day(1), lastDay: test.day(3), placeName: 'Nagpur', placeNameHi: 'नागपुर',
      zone: 'Asia/Kolkata', title: body.title, description: body.description, radiusKm: 50,
    });
    expect(job.lines.map((line) => [line.trade, line.slots.map((slot) => slot.state)])).toEqual([
      ['mason', ['open', 'open']],
      ['electrician', ['open']],
    ]);
    expect(job.lines[0]).toMatchObject({ days: [test.day(1), test.day(3)], startsAt: '09:00', endsAt: '18:00', pay: { amount: 95_000, basis: 'day' } });
  });

  it('asks for a name before the first job, and makes nothing without one', async () => {
    const nameless = test.contractor();
    test.cards.delete(nameless.personId);
    const refused = await test.http.refusal(describeJob, { as: nameless, body: test.jobBody() });
    expect(refused).toMatchObject({ status: 409, code: jobErrors.nameRequired.code });
    expect((await test.http.call(listJobs, { as: nameless })).items).toEqual([]);
    test.cards.set(nameless.personId, 'Deshmukh Builders');
    await test.http.call(describeJob, { as: nameless, body: test.jobBody() });
    // A contractor with a job has a name, so user is not asked again.
    test.cards.delete(nameless.personId);
    await test.http.call(describeJob, { as: nameless, body: test.jobBody() });
  });

  it('makes one job of a request that is sent twice', async () => {
    const send = () => test.http.call(describeJob, { as: contractor, body: test.jobBody(), idempotencyKey: 'twice' });
    expect((await send()).jobId).toBe((await send()).jobId);
    const other = await test.http.refusal(describeJob, { as: contractor, body: test.jobBody({ count: 3 }), idempotencyKey: 'twice' });
    expect(other.code).toBe(platformErrors.keyReused.code);
  });

  it.each([
    ['an unknown place', { ...jobErrors.unknownPlace }, '/body/placeId', (body: { placeId: string }) => ({ ...body, placeId: '1' })],
  ])('refuses %s', async (_what, error, pointer, change) => {
    const problem = await test.http.refusal(describeJob, { as: contractor, body: change(test.jobBody()) as ReturnType<typeof test.jobBody> });
    expect(problem).toMatchObject({ code: error.code, status: 422, errors: [{ pointer }] });
  });

  it.each([
    ['an unknown trade', jobErrors.unknownTrade, '/body/lines/0/trade', () => ({ trade: 'astronaut' })],
    ['a day that is over', jobErrors.dayInThePast, '/body/lines/0/days/1', () => ({ days: [test.day(1), test.day(-1)] })],
    ['a day too far ahead', jobErrors.dayTooFar, '/body/lines/0/days/0', () => ({ days: [test.day(91)] })],
    ['a day named twice', jobErrors.dayTwice, '/body/lines/0/days/1', () => ({ days: [test.day(2), test.day(2)] })],
  ])('refuses %s and points at it', async (_what, error, pointer, line) => {
    const problem = await test.http.refusal(describeJob, { as: contractor, body: test.jobBody(line()) });
    expect(problem).toMatchObject({ code: error.code, status: 422, errors: [{ pointer }] });
  });

  it('takes today and the 90th day', async () => {
    expect((await test.draft(contractor, { days: [test.day(0), test.day(90)] })).lastDay).toBe(test.day(90));
  });
});

describe('reading jobs', () => {
  it('lists my jobs, the newest first, page by page', async () => {
    const me = test.contractor();
    const made = [await test.draft(me), await test.draft(me), await test.open(me)].map((job) => job.jobId).reverse();
    const first = await test.http.call(listJobs, { as: me, query: { limit: 2 } });
    expect(first.items.map((job) => job.jobId)).toEqual(made.slice(0, 2));
    const second = await test.http.call(listJobs, { as: me, query: { limit: 2, cursor: first.nextCursor as string } });
    expect(second).toMatchObject({ items: [{ jobId: made[2] }], nextCursor: null });
    const drafts = await test.http.call(listJobs, { as: me, query: { state: 'draft' } });
    expect(drafts.items).toHaveLength(2);
  });

  it('refuses a cursor of another query or another person', async () => {
    const me = test.contractor();
    await test.draft(me);
    await test.draft(me);
    const cursor = (await test.http.call(listJobs, { as: me, query: { limit: 1 } })).nextCursor as string;
    for (const asked of [{ as: me, query: { state: 'open' as const, cursor } }, { as: test.contractor(), query: { cursor } }]) {
      expect((await test.http.refusal(listJobs, asked)).code).toBe(platformErrors.staleCursor.code);
    }
  });

  it("tells nobody whether somebody else's job exists", async () => {
    const { jobId, version } = await test.draft(contractor);
    const { lineId, jobId: openId } = await test.openLine(contractor);
    const stranger = test.contractor();
    const absent = newId<JobId>();
    for (const id of [jobId, absent]) {
      expect(await test.http.refusal(readJob, { as: stranger, params: { jobId: id } })).toMatchObject({ status: 404, code: platformErrors.notFound.code });
      expect(await test.http.refusal(openJob, { as: stranger, params: { jobId: id }, ifMatch: version })).toMatchObject({ status: 404 });
    }
    for (const params of [{ jobId: openId, lineId }, { jobId: absent, lineId }]) {
      expect(await test.http.refusal(rankForLine, { as: stranger, params })).toMatchObject({ status: 404 });
    }
    // A line of another job of the same contractor does not belong to this job.
    expect(await test.http.refusal(rankForLine, { as: contractor, params: { jobId, lineId } })).toMatchObject({ status: 404 });
    expect(await test.http.refusal(rankForLine, { as: contractor, params: { jobId: openId, lineId: newId<LineId>() } })).toMatchObject({ status: 404 });
  });
});

describe('opening a job', () => {
  it('opens a draft once', async () => {
    const { jobId, version } = await test.draft(contractor);
    const opened = await test.http.call(openJob, { as: contractor, params: { jobId }, ifMatch: version });
    expect(opened).toMatchObject({ state: 'open', version: version + 1 });
    expect(await test.http.call(readJob, { as: contractor, params: { jobId } })).toEqual(opened);
    const repeated = await test.http.call(openJob, { as: contractor, params: { jobId }, ifMatch: version });
    expect(repeated).toEqual(opened);
    const again = await test.http.refusal(openJob, { as: contractor, params: { jobId }, ifMatch: opened.version });
    expect(again).toMatchObject({ status: 409, code: jobErrors.jobNotDraft.code, params: { state: 'open' } });
  });

  it('wants the version that was seen', async () => {
    const { jobId, version } = await test.draft(contractor);
    expect((await test.http.refusal(openJob, { as: contractor, params: { jobId } })).code).toBe(platformErrors.versionRequired.code);
    expect((await test.http.refusal(openJob, { as: contractor, params: { jobId }, ifMatch: version + 1 })).code).toBe(platformErrors.conflict.code);
  });

  it('refuses a draft whose last day has begun', async () => {
    const { jobId, version } = await test.draft(contractor, { days: [test.day(1)] });
    const before = test.matching.clock.now();
    // Work has begun and not ended: when it ends, a timer ends the draft at a moment of its own.
    test.matching.clock.setTo(new Date(instantOf(test.day(1), '12:00', ZONE)));
    try {
      const problem = await test.http.refusal(openJob, { as: contractor, params: { jobId }, ifMatch: version });
      expect(problem).toMatchObject({ status: 422, code: jobErrors.dayInThePast.code });
    } finally {
      test.matching.clock.setTo(before);
    }
  });
});

it('is for contractors only', async () => {
  const worker = await test.worker();
  const { jobId, lineId } = await test.openLine(contractor);
  const refused = [
    test.http.refusal(describeJob, { as: worker, body: test.jobBody() }),
    test.http.refusal(listJobs, { as: worker }),
    test.http.refusal(readJob, { as: worker, params: { jobId } }),
    test.http.refusal(openJob, { as: worker, params: { jobId }, ifMatch: 1 }),
    test.http.refusal(rankForLine, { as: worker, params: { jobId, lineId } }),
  ];
  for (const problem of await Promise.all(refused)) expect(problem).toMatchObject({ status: 403, code: platformErrors.notAllowed.code });
  expect((await test.http.refusal(listJobs, {})).status).toBe(401);
});
