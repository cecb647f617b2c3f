import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inviteErrors, jobErrors } from '@muster/contracts/matching/errors';
import { assignmentCompleted, assignmentMade, jobChanged } from '@muster/contracts/matching/events';
import type { InviteId, JobId } from '@muster/contracts/matching/ids';
import { acceptInvite, listAssignments, listInvites, readInvite, sendInvite } from '@muster/contracts/matching/invites.routes';
import { describeJob, openJob, rankForLine, readJob } from '@muster/contracts/matching/jobs.routes';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { MatchingTest } from '../../test/start-matching';

let test: MatchingTest;
let contractor: TestPerson;

beforeAll(async () => {
  test = await MatchingTest.start();
});
afterAll(() => test.close());
beforeEach(() => {
  test.dawn();
  contractor = test.contractor();
});

/** So many days from today. */
const goTo = (ahead: number, time: string) => test.goTo(test.day(ahead), time);

const stateOf = async (jobId: JobId) => (await test.http.call(readJob, { as: contractor, params: { jobId } })).state;

describe('a day on which work has begun', () => {
  it('is refused where it was typed, although the date is today', async () => {
    await goTo(0, '22:00');
    const body = test.jobBody({ days: [test.day(1), test.day(0)], startsAt: '00:00', endsAt: '00:30' });
    expect(await test.http.refusal(describeJob, { as: contractor, body })).toMatchObject({
      status: 422, code: jobErrors.dayInThePast.code, errors: [{ pointer: '/body/lines/0/days/1', code: 'day_in_the_past' }],
    });
  });

  it('takes a draft with it when it was the last, and not before', async () => {
    const draft = (...ahead: number[]) => test.draft(contractor, { days: ahead.map((each) => test.day(each)) });
    const [over, partly] = [await draft(0), await draft(0, 1)];
    await goTo(0, '09:00');
    const open = ({ jobId, version }: typeof over) => test.http.send(openJob, { as: contractor, params: { jobId }, ifMatch: version });
    expect(await open(over)).toMatchObject({ status: 422, body: { code: jobErrors.dayInThePast.code } });
    expect(await open(partly)).toMatchObject({ status: 200 });
  });

  it('is not asked for any more, and a line that has no other finds and takes nobody', async () => {
    const worker = await test.worker({ calendar: { exceptions: [{ date: test.day(1), free: false }] } });
    const line = await test.openLine(contractor, { days: [test.day(1), test.day(2)] });
    const shown = async () => (await test.http.call(rankForLine, { as: contractor, params: line, query: { limit: 100 } })).items.map((each) => each.personId);
    expect(await shown()).not.toContain(worker.personId);
    const days = [test.day(1), test.day(2)];
    await goTo(1, '09:00');
    expect(await shown()).toContain(worker.personId);
    const { inviteId } = await test.invite(contractor, line, worker);
    expect(await test.http.call(readInvite, { as: worker, params: { inviteId } })).toMatchObject({ days: [days[1]] });
    await goTo(1, '09:00');
    expect(await shown()).toEqual([]);
    const late = await test.worker();
    expect(await test.http.refusal(sendInvite, { as: contractor, params: line, body: { worker: late.personId } })).toMatchObject({
      status: 409, code: jobErrors.jobNotOpen.code,
    });
  });
});

describe('what is promised by accepting', () => {
  it('is the days that are still to come: their pay, their assignment and what is told of it', async () => {
    const worker = await test.worker();
    const days = [test.day(1), test.day(3), test.day(4)];
    const line = await test.openLine(contractor, { days });
    const body = { worker: worker.personId, timeLimitMinutes: 4320 };
    const { inviteId } = await test.http.call(sendInvite, { as: contractor, params: line, body });
    const read = () => test.http.call(readInvite, { as: worker, params: { inviteId } });
    expect(await read()).toMatchObject({ days, total: { amount: 3 * 95_000 }, blockedBy: null });
    await goTo(2, '08:00');
    expect(await read()).toMatchObject({ days: days.slice(1), total: { amount: 2 * 95_000 }, blockedBy: null });
    expect(await test.accept(worker, { inviteId })).toMatchObject({ state: 'accepted', days: days.slice(1), total: { amount: 2 * 95_000 } });
    const { items } = await test.http.call(listAssignments, { as: worker });
    expect(items).toMatchObject([{ days: days.slice(1), total: { amount: 2 * 95_000 } }]);
    const [made] = await test.eventsAbout(items[0]!.assignmentId);
    expect(made).toMatchObject({ type: assignmentMade.type, data: { days: days.slice(1) } });
    // The same holds once the first day is over.
    await goTo(2, '08:00');
    expect(await read()).toMatchObject({ days: days.slice(1), total: { amount: 2 * 95_000 } });
  });

  it('says what the contractor wrote for those who come', async () => {
    const worker = await test.worker();
    const description = 'Lunch on site. Ask for Ravi at the mill gate';
    const draft = await test.http.call(describeJob, { as: contractor, body: { ...test.jobBody(), description } });
    await test.http.call(openJob, { as: contractor, params: { jobId: draft.jobId }, ifMatch: draft.version });
    const invite = await test.invite(contractor, { jobId: draft.jobId, lineId: draft.lines[0]!.lineId }, worker);
    expect(await test.accept(worker, invite)).toMatchObject({ description });
    expect((await test.http.call(listAssignments, { as: worker })).items).toMatchObject([{ description }]);
  });
});

describe('an invite', () => {
  it('never waits longer than until work begins on the last day of its line', async () => {
    const worker = await test.worker();
    const line = await test.openLine(contractor, { days: [test.day(1)] });
    const lastStart = `${test.day(1)}T03:30:00.000Z`;
    const body = { worker: worker.personId, timeLimitMinutes: 4320 };
    const { inviteId } = await test.http.call(sendInvite, { as: contractor, params: line, body });
    expect(await test.http.call(readInvite, { as: worker, params: { inviteId } })).toMatchObject({ expiresAt: lastStart });
    await goTo(1, '09:00');
    expect((await test.http.call(listInvites, { as: worker, query: { open: 'true' } })).items).toEqual([]);
    expect(await test.http.call(readInvite, { as: worker, params: { inviteId } })).toMatchObject({ state: 'expired', blockedBy: null });
    expect(await test.http.refusal(acceptInvite, { as: worker, params: { inviteId } })).toMatchObject({ code: inviteErrors.inviteOver.code });
  });

  it('says what stands against accepting it while it waits', async () => {
    const worker = await test.worker();
    const block = async (inviteId: InviteId) => (await test.http.call(readInvite, { as: worker, params: { inviteId } })).blockedBy;
    const { inviteId } = await test.invite(contractor, await test.openLine(contractor, { count: 1, days: [test.day(1)] }), worker);
    expect(await block(inviteId)).toBe(null);
    await test.matching.app.get(TimerRunner).stop();
    test.matching.clock.advance({ h: 5 });
    expect(await block(inviteId)).toBe('over');
    test.matching.clock.setTo(`${test.day(1)}T09:00:00+05:30`);
    expect(await block(inviteId)).toBe('begun');
    test.matching.app.get(TimerRunner).start();
  });
});

describe('a job', () => {
  it('is in progress from its first hour and completed after its last, and so is the work of each', async () => {
    const worker = await test.worker();
    const line = await test.openLine(contractor, { count: 2, days: [test.day(1), test.day(2)] });
    await test.accept(worker, await test.invite(contractor, line, worker));
    const work = async () => (await test.http.call(listAssignments, { as: worker })).items[0];
    await goTo(1, '08:59');
    expect(await stateOf(line.jobId)).toBe('staffing');
    await goTo(0, '09:00');
    expect(await stateOf(line.jobId)).toBe('in_progress');
    // A worker can still accept for the second day.
    const late = await test.worker();
    await test.accept(late, await test.invite(contractor, line, late));
    expect(await test.http.call(readJob, { as: contractor, params: { jobId: line.jobId } })).toMatchObject({ state: 'in_progress', filled: 2 });
    await goTo(1, '17:59');
    expect([await stateOf(line.jobId), (await work())?.state]).toEqual(['in_progress', 'accepted']);
    await goTo(0, '18:00');
    await eventually(async () => expect([await stateOf(line.jobId), (await work())?.state]).toEqual(['completed', 'completed']));
    const states = (await test.eventsAbout(line.jobId)).filter(({ type }) => type === jobChanged.type).map(({ data }) => (data as { state: string }).state);
    expect(states.slice(-1)).toEqual(['completed']);
    expect((await test.eventsAbout((await work())!.assignmentId)).map(({ type }) => type)).toEqual([assignmentMade.type, assignmentCompleted.type]);
  });

  it('is set going by the first who comes, where nobody had at its first hour', async () => {
    const worker = await test.worker();
    const line = await test.openLine(contractor, { days: [test.day(1), test.day(3)] });
    await goTo(2, '10:00');
    expect(await stateOf(line.jobId)).toBe('open');
    await test.accept(worker, await test.invite(contractor, line, worker));
    expect(await stateOf(line.jobId)).toBe('in_progress');
  });

  it('expires where nobody came, and a draft with it', async () => {
    const days = [test.day(1)];
    const draft = await test.draft(contractor, { days });
    const open = await test.open(contractor, { days });
    await goTo(1, '18:00');
    await eventually(async () => expect([await stateOf(draft.jobId), await stateOf(open.jobId)]).toEqual(['expired', 'expired']));
  });
});
