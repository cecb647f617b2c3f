import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hatsChanged } from '@muster/contracts/auth/events';
import type { EventOf } from '@muster/contracts/kernel/event';
import { readEvents } from '@muster/contracts/kernel/internal';
import { inviteErrors } from '@muster/contracts/matching/errors';
import { inviteDeclined, inviteSuperseded } from '@muster/contracts/matching/events';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, readInvite, sendInvite, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { rankForLine } from '@muster/contracts/matching/jobs.routes';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { MatchingTest } from '../../test/start-matching';
import { DeclineInvitesWhenHatComesOff } from './decline-invites-when-hat-comes-off';

type Line = { jobId: JobId; lineId: LineId };
let test: MatchingTest;

beforeAll(async () => {
  test = await MatchingTest.start();
});
afterAll(() => test.close());

/** Sends an invite of a new contractor. */
async function asked(worker: TestPerson, line: Parameters<MatchingTest['openLine']>[1] = {}, timeLimitMinutes = 240) {
  const contractor = test.contractor();
  const at = await test.openLine(contractor, line);
  const { inviteId } = await test.http.call(sendInvite, { as: contractor, params: at, body: { worker: worker.personId, timeLimitMinutes } });
  return { contractor, line: at, inviteId };
}

const ask = (contractor: TestPerson, line: Line, worker: TestPerson) =>
  test.http.send(sendInvite, { as: contractor, params: line, body: { worker: worker.personId } });
const stateOf = async (worker: TestPerson, inviteId: InviteId) => (await test.http.call(readInvite, { as: worker, params: { inviteId } })).state;
const withdraw = (as: TestPerson, inviteId: InviteId) => test.http.call(withdrawInvite, { as, params: { inviteId } });
async function later(span: { h?: number; m?: number }): Promise<void> {
  test.matching.clock.advance(span);
  await test.matching.app.get(TimerRunner).runDueTimers();
}

describe('asking the same worker again', () => {
  it('is fine after a slip was taken back, three times in all for one line', async () => {
    const worker = await test.worker();
    const contractor = test.contractor();
    const line = await test.openLine(contractor);
    for (let time = 0; time < 3; time += 1) await withdraw(contractor, (await test.invite(contractor, line, worker)).inviteId);
    expect(await ask(contractor, line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.askedEnough.code } });
    expect(await ask(contractor, await test.openLine(contractor), worker)).toMatchObject({ status: 201 });
  });

  it('for a line that was declined never comes, for another a day later', async () => {
    const worker = await test.worker();
    const { contractor, line, inviteId } = await asked(worker, { days: test.days(2, 20) });
    await test.http.call(declineInvite, { as: worker, params: { inviteId } });
    const other = await test.openLine(contractor, { days: test.days(2, 20) });
    const refused = await ask(contractor, other, worker);
    expect(refused).toMatchObject({ status: 409, body: { code: inviteErrors.askAgainLater.code } });
    const shown = async (params: Line) => (await test.http.call(rankForLine, { as: contractor, params, query: { limit: 100 } })).items.map((each) => each.personId);
    expect(await shown(other)).not.toContain(worker.personId);
    const { until } = (refused.body as { params: { until: string } }).params;
    test.matching.clock.setTo(until);
    expect(await ask(contractor, line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.askedEnough.code } });
    expect(await shown(other)).toContain(worker.personId);
    expect(await ask(contractor, other, worker)).toMatchObject({ status: 201 });
  });

  it('after an invite expired takes a day, then it is the same as before', async () => {
    const worker = await test.worker();
    const { contractor, line, inviteId } = await asked(worker, { days: test.days(2, 20) });
    await later({ h: 4, m: 1 });
    await eventually(async () => expect(await stateOf(worker, inviteId)).toBe('expired'));
    expect(await ask(contractor, line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.askAgainLater.code } });
    await later({ h: 24 });
    expect(await ask(contractor, line, worker)).toMatchObject({ status: 201 });
  });

  it('leaves one invite of a contractor waiting, however many of them are sent at the same moment', async () => {
    const worker = await test.worker();
    const contractor = test.contractor();
    const lines = [await test.openLine(contractor), await test.openLine(contractor), await test.openLine(contractor)];
    const answers = await Promise.all(lines.map((line) => ask(contractor, line, worker)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(test.matching.db.transactionRetries).toBe(0);
  });
});

describe('accepting', () => {
  it('supersedes the other invites for the same hours, whose contractors are told why, and no others', async () => {
    const worker = await test.worker();
    const day = test.day(3);
    const chosen = await asked(worker, { days: [day] });
    const rival = await asked(worker, { days: [test.day(2), day], startsAt: '17:00', endsAt: '20:00' });
    const evening = await asked(worker, { days: [day], startsAt: '18:00', endsAt: '21:00' });
    await test.accept(worker, chosen);
    expect([await stateOf(worker, rival.inviteId), await stateOf(worker, evening.inviteId)]).toEqual(['superseded', 'sent']);
    expect(await test.http.refusal(acceptInvite, { as: worker, params: { inviteId: rival.inviteId } })).toMatchObject({ code: inviteErrors.overlapping.code });
    const { events } = await test.http.call(readEvents, { as: 'notification', query: { after: 0, limit: 1000 } });
    const [told, ...more] = events.filter(({ type, aggregateId }) => type === inviteSuperseded.type && aggregateId === rival.inviteId);
    expect([told, more]).toMatchObject([{ data: { reason: 'worker_booked' }, recipients: [worker.personId, rival.contractor.personId] }, []]);
    // The worker is no longer free on the day, so another contractor's invite is refused.
    expect(await ask(rival.contractor, rival.line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.notAMatch.code, params: { filter: 'days' } } });
  });
});

describe("taking the worker's hat off", () => {
  it('declines what waits, and nobody can ask until it is on again', async () => {
    const worker = await test.worker();
    const { contractor, inviteId } = await asked(worker);
    const kept = await asked(worker, { days: [test.day(9)] });
    await test.accept(worker, kept);
    test.wear(worker.personId, ['contractor']);
    await eventually(async () => expect(await stateOf(worker, inviteId)).toBe('declined'));
    expect(await stateOf(worker, kept.inviteId)).toBe('accepted');
    const { events } = await test.http.call(readEvents, { as: 'notification', query: { after: 0, limit: 1000 } });
    expect(events.filter(({ type, aggregateId }) => type === inviteDeclined.type && aggregateId === inviteId)).toMatchObject([
      { recipients: [worker.personId, contractor.personId] },
    ]);
    const other = test.contractor();
    const line = await test.openLine(other);
    expect(await ask(other, line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.notAvailable.code } });
    test.wear(worker.personId, ['worker', 'contractor']);
    await eventually(async () => expect((await ask(other, line, worker)).status).toBe(201), 10_000);
  });

  it('holds for every invite from that moment on, though search has yet to hear of it', async () => {
    const worker = await test.worker();
    const contractor = test.contractor();
    const line = await test.openLine(contractor);
    // Two readers hear of a hat, each in its own time: the one that declines is first here, search never comes to it.
    const event = { type: hatsChanged.type, aggregateId: worker.personId, data: { hats: ['contractor'] } } as unknown as EventOf<typeof hatsChanged>;
    await test.matching.db.transaction((tx) => test.matching.app.get(DeclineInvitesWhenHatComesOff).apply(tx, event));
    expect((await test.search(contractor)).items.map(({ personId }) => personId)).toContain(worker.personId);
    expect(await ask(contractor, line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.notAvailable.code } });
  });

  it('for good, by erasure, declines what waits as well', async () => {
    const worker = await test.worker();
    const { inviteId } = await asked(worker);
    test.erase(worker.personId);
    await eventually(async () => expect(await stateOf(worker, inviteId)).toBe('declined'));
  });
});

it('hides a worker from others for a day at most, however long the invites may be answered', async () => {
  const worker = await test.worker();
  for (let n = 0; n < 3; n += 1) await asked(worker, { days: [test.day(20)] }, 4320);
  const contractor = test.contractor();
  const line = await test.openLine(contractor, { days: [test.day(20)] });
  expect(await ask(contractor, line, worker)).toMatchObject({ status: 409, body: { code: inviteErrors.notAvailable.code } });
  const isFound = async () => (await test.search(contractor, { days: [test.day(20)] })).items.some(({ personId }) => personId === worker.personId);
  await eventually(async () => expect(await isFound()).toBe(false));
  await later({ h: 24, m: 1 });
  await eventually(async () => expect(await isFound()).toBe(true));
  expect(await ask(contractor, line, worker)).toMatchObject({ status: 201 });
});
