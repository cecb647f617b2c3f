import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { inviteErrors, jobErrors } from '@muster/contracts/matching/errors';
import type { InviteId, JobId } from '@muster/contracts/matching/ids';
import * as routes from '@muster/contracts/matching/invites.routes';
import { readJob } from '@muster/contracts/matching/jobs.routes';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { sql } from 'kysely';
import { MatchingTest } from '../../test/start-matching';

let test: MatchingTest;
let contractor: TestPerson;

beforeAll(async () => {
  test = await MatchingTest.start();
  test.dawn();
  contractor = test.contractor();
});
afterAll(() => test.close());

async function invited(line = {}): Promise<{ worker: TestPerson; inviteId: InviteId }> {
  const worker = await test.worker();
  const { inviteId } = await test.invite(contractor, await test.openLine(contractor, line), worker);
  return { worker, inviteId };
}

/** Sends an invite of a contractor who has none waiting for the worker. */
async function asked(worker: TestPerson, line = {}): Promise<{ contractor: TestPerson; jobId: JobId; inviteId: InviteId }> {
  const other = test.contractor();
  const { jobId, lineId } = await test.openLine(other, line);
  return { contractor: other, jobId, ...(await test.invite(other, { jobId, lineId }, worker)) };
}

describe('accepting', () => {
  it('takes a place, books the days and shows it to both', async () => {
    const worker = await test.worker();
    const line = await test.openLine(contractor);
    const invite = await test.invite(contractor, line, worker);
    expect(await test.accept(worker, invite)).toMatchObject({ state: 'accepted', filled: 1, count: 2 });

    const job = await test.http.call(readJob, { as: contractor, params: { jobId: line.jobId } });
    expect(job).toMatchObject({ state: 'staffing', filled: 1 });
    expect(job.lines[0]).toMatchObject({ filled: 1, slots: [{ state: 'filled', worker: worker.personId }, { state: 'open', worker: null }], invites: [] });
    const { items } = await test.http.call(routes.listAssignments, { as: worker });
    expect(items).toMatchObject([{ ...line, inviteId: invite.inviteId, state: 'accepted', days: test.days(2), placeName: 'Nagpur' }]);

    // A booked worker is no longer found on the booked days, but still is on others.
    const found = async (from: number) => (await test.search(contractor, { days: test.days(1, from) })).items.map((each) => each.personId);
    await eventually(async () => expect(await found(2)).not.toContain(worker.personId));
    expect(await found(3)).toContain(worker.personId);
  });

  it('stands when it is said twice, and cannot be taken back by declining', async () => {
    const { worker, inviteId } = await invited();
    const first = await test.accept(worker, { inviteId });
    expect(await test.accept(worker, { inviteId })).toEqual(first);
    expect(await test.http.refusal(routes.declineInvite, { as: worker, params: { inviteId } })).toMatchObject({
      status: 409, code: inviteErrors.inviteOver.code, params: { state: 'accepted' },
    });
  });

  it('tells everybody else, in the same moment, that the last place is taken', async () => {
    const [winner, loser] = await test.workers(2);
    const line = await test.openLine(contractor, { count: 1 });
    const won = await test.invite(contractor, line, winner!);
    const lost = await test.invite(contractor, line, loser!);
    await test.accept(winner!, won);
    expect(await test.http.call(readJob, { as: contractor, params: { jobId: line.jobId } })).toMatchObject({ state: 'staffed', filled: 1, lines: [{ invites: [] }] });
    expect(await test.http.call(routes.readInvite, { as: loser!, params: lost })).toMatchObject({ state: 'superseded', version: 2 });
    expect(await test.http.refusal(routes.acceptInvite, { as: loser!, params: lost })).toMatchObject({ status: 409, code: inviteErrors.lineFull.code });
  });

  it('is refused for days that the worker has promised already, whatever the hours of the site', async () => {
    const worker = await test.worker();
    const day = test.day(20);
    const night = await asked(worker, { days: [day], startsAt: '22:00', endsAt: '06:00' });
    const morning = await asked(worker, { days: [test.day(21)], startsAt: '05:00', endsAt: '12:00' });
    const later = await asked(worker, { days: [test.day(21)], startsAt: '06:00', endsAt: '12:00' });
    await test.accept(worker, night);
    expect(await test.http.refusal(routes.acceptInvite, { as: worker, params: morning })).toMatchObject({ status: 409, code: inviteErrors.overlapping.code });
    expect(await test.http.call(readJob, { as: morning.contractor, params: { jobId: morning.jobId } })).toMatchObject({ filled: 0, state: 'staffing' });
    // A shift may begin in the minute in which the other ends.
    expect(await test.accept(worker, later)).toMatchObject({ state: 'accepted' });
  });

  it('is refused when the job takes nobody any more', async () => {
    const { worker, inviteId } = await invited({ days: [test.day(0)] });
    const { jobId } = await test.http.call(routes.readInvite, { as: worker, params: { inviteId } });
    await sql`update jobs set state = 'cancelled' where job_id = ${jobId}`.execute(test.matching.db.query());
    expect(await test.http.refusal(routes.acceptInvite, { as: worker, params: { inviteId } })).toMatchObject({
      status: 409, code: jobErrors.jobNotOpen.code, params: { state: 'cancelled' },
    });
  });
});

describe('the other answers', () => {
  it('are seen, then declined, each once', async () => {
    const { worker, inviteId } = await invited();
    const params = { inviteId };
    expect(await test.http.call(routes.markInviteSeen, { as: worker, params })).toMatchObject({ state: 'seen', version: 2 });
    expect(await test.http.call(routes.markInviteSeen, { as: worker, params })).toMatchObject({ state: 'seen', version: 2 });
    expect(await test.http.call(routes.declineInvite, { as: worker, params })).toMatchObject({ state: 'declined', version: 3 });
    expect(await test.http.call(routes.declineInvite, { as: worker, params })).toMatchObject({ state: 'declined', version: 3 });
    expect(await test.http.call(routes.markInviteSeen, { as: worker, params })).toMatchObject({ state: 'declined' });
    expect(await test.http.refusal(routes.acceptInvite, { as: worker, params })).toMatchObject({ code: inviteErrors.inviteOver.code, params: { state: 'declined' } });
  });

  it('leave out what is over from the open ones', async () => {
    const worker = await test.worker();
    const invites = [await asked(worker), await asked(worker), await asked(worker)].map(({ inviteId }) => inviteId);
    await test.http.call(routes.declineInvite, { as: worker, params: { inviteId: invites[1]! } });
    const list = async (query: object) => {
      const page = await test.http.call(routes.listInvites, { as: worker, query });
      return { ids: page.items.map((each) => each.inviteId), next: page.nextCursor };
    };
    expect((await list({})).ids).toEqual([...invites].reverse());
    expect((await list({ open: 'true' })).ids).toEqual([invites[2], invites[0]]);
    const first = await list({ limit: 2 });
    expect(first.ids).toEqual([invites[2], invites[1]]);
    expect(await list({ limit: 2, cursor: first.next })).toEqual({ ids: [invites[0]], next: null });
  });
});

describe('the time limit', () => {
  it('ends an invite without an answer, and only such', async () => {
    const open = await invited();
    const answered = await invited();
    await test.accept(answered.worker, answered);
    test.matching.clock.advance({ h: 3, m: 59 });
    await test.matching.app.get(TimerRunner).runDueTimers();
    expect(await test.http.call(routes.readInvite, { as: open.worker, params: { inviteId: open.inviteId } })).toMatchObject({ state: 'sent' });

    test.matching.clock.advance({ m: 2 });
    await test.matching.app.get(TimerRunner).runDueTimers();
    await eventually(async () =>
      expect(await test.http.call(routes.readInvite, { as: open.worker, params: { inviteId: open.inviteId } })).toMatchObject({ state: 'expired', version: 2 }),
    );
    expect(await test.http.refusal(routes.acceptInvite, { as: open.worker, params: { inviteId: open.inviteId } })).toMatchObject({
      status: 409, code: inviteErrors.inviteOver.code, params: { state: 'expired' },
    });
    expect(await test.http.call(routes.readInvite, { as: answered.worker, params: { inviteId: answered.inviteId } })).toMatchObject({ state: 'accepted' });
  });

  it('counts to the second, also while the timer is late', async () => {
    const { worker, inviteId } = await invited();
    await test.matching.app.get(TimerRunner).stop();
    test.matching.clock.advance({ h: 4 });
    expect(await test.http.refusal(routes.acceptInvite, { as: worker, params: { inviteId } })).toMatchObject({
      code: inviteErrors.inviteOver.code, params: { state: 'expired' },
    });
  });
});

it("is about one's own invites: foreign and absent look alike, and contractors have none", async () => {
  const { inviteId } = await invited();
  const stranger = await test.worker();
  const own = [routes.readInvite, routes.markInviteSeen, routes.acceptInvite, routes.declineInvite] as const;
  for (const route of own) {
    for (const id of [inviteId, newId<InviteId>()]) {
      expect(await test.http.refusal(route, { as: stranger, params: { inviteId: id } })).toMatchObject({ status: 404, code: platformErrors.notFound.code });
    }
    expect(await test.http.refusal(route, { as: contractor, params: { inviteId } })).toMatchObject({ status: 403 });
  }
  for (const route of [routes.listInvites, routes.listAssignments]) {
    expect(await test.http.refusal(route, { as: contractor })).toMatchObject({ status: 403 });
    expect((await test.http.call(route, { as: stranger })).items).toEqual([]);
  }
});

it('lists work to come first, the next day first, and what is over after it', async () => {
  const worker = await test.worker();
  for (const ahead of [12, 4, 8]) {
    await test.accept(worker, await test.invite(contractor, await test.openLine(contractor, { days: [test.day(ahead)] }), worker));
  }
  const days = [test.day(4), test.day(8), test.day(12)];
  const list = async (query: object = {}) => {
    const page = await test.http.call(routes.listAssignments, { as: worker, query });
    return { days: page.items.map((each) => each.days[0]), next: page.nextCursor };
  };
  expect((await list()).days).toEqual(days);
  const first = await list({ limit: 2 });
  expect((await list({ limit: 2, cursor: first.next })).days).toEqual([days[2]]);
  // The second day is over at the site once its last hour is. A reader with an older cursor still finds the assignment
  // where it was.
  test.matching.clock.setTo(`${test.day(8)}T12:29:00Z`);
  const before = await list({ limit: 1 });
  expect(before.days).toEqual([days[1]]);
  test.matching.clock.advance({ m: 2 });
  expect((await list()).days).toEqual([days[2], days[1], days[0]]);
  expect((await list({ limit: 2, cursor: before.next })).days).toEqual([days[2], days[0]]);
});
