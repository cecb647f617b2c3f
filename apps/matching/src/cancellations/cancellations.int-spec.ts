import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cancelAssignment, cancelJob, freeSlot } from '@muster/contracts/matching/cancellations.routes';
import { assignmentErrors, inviteErrors, jobErrors } from '@muster/contracts/matching/errors';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, readInvite } from '@muster/contracts/matching/invites.routes';
import { readJob } from '@muster/contracts/matching/jobs.routes';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
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

interface Held {
  readonly jobId: JobId;
  readonly lineId: LineId;
  readonly inviteId: InviteId;
  readonly assignmentId: AssignmentId;
  readonly worker: TestPerson;
}

/** A line with one place, which the worker holds. */
async function held(worker?: TestPerson): Promise<Held> {
  const someone = worker ?? (await test.worker());
  const line = await test.openLine(contractor, { count: 1, days: [test.day(3), test.day(4)] });
  const { inviteId } = await test.invite(contractor, line, someone);
  await test.accept(someone, { inviteId });
  const { assignmentId } = await test.assignmentOf(someone, line.jobId);
  return { ...line, inviteId, assignmentId, worker: someone };
}

const jobOf = (jobId: JobId) => test.http.call(readJob, { as: contractor, params: { jobId } });
const dropOut = ({ worker, assignmentId }: Held) =>
  test.http.send(cancelAssignment, { as: worker, params: { assignmentId }, body: { reason: 'ill' } });
const callOff = (jobId: JobId) => test.http.send(cancelJob, { as: contractor, params: { jobId }, body: { reason: 'weather' } });
const isFound = async (worker: TestPerson) =>
  (await test.search(test.contractor(), { days: [test.day(3), test.day(4)] })).items.some(({ personId }) => personId === worker.personId);

describe('a worker who cannot come', () => {
  it('gives the place back, is free on its days again, and the job looks for somebody else', async () => {
    const place = await held();
    await eventually(async () => expect(await isFound(place.worker)).toBe(false));
    expect(await jobOf(place.jobId)).toMatchObject({ state: 'staffed', filled: 1 });
    expect(await dropOut(place)).toMatchObject({ status: 200, body: { state: 'cancelled_early' } });
    expect(await jobOf(place.jobId)).toMatchObject({ state: 'staffing', filled: 0, lines: [{ filled: 0, slots: [{ state: 'reopened', worker: null }] }] });
    await eventually(async () => expect(await isFound(place.worker)).toBe(true));
    const [, cancelled] = await test.eventsAbout(place.assignmentId);
    expect(cancelled).toMatchObject({
      type: 'matching.assignment.cancelled.v1',
      data: { by: 'worker', why: 'cannot_come', late: false, days: [test.day(3), test.day(4)] },
      recipients: [place.worker.personId, contractor.personId],
    });
    // What was promised stays to be read.
    expect(await test.http.call(readInvite, { as: place.worker, params: place })).toMatchObject({ state: 'accepted', calledOff: true });
    expect(await test.assignmentOf(place.worker, place.jobId)).toMatchObject({ state: 'cancelled_early', days: [test.day(3), test.day(4)] });
  });

  it('is late from sixteen hours before work begins, and gives up only the days that have not begun', async () => {
    const [inTime, late, begun] = [await held(), await held(), await held()];
    const [before, first, second] = [test.day(2), test.day(3), test.day(4)];
    await test.goTo(before, '16:59');
    expect(await dropOut(inTime)).toMatchObject({ body: { state: 'cancelled_early' } });
    await test.goTo(before, '17:01');
    expect(await dropOut(late)).toMatchObject({ body: { state: 'cancelled_late' } });
    await test.goTo(first, '12:00');
    expect(await dropOut(begun)).toMatchObject({ body: { state: 'cancelled_late' } });
    expect((await test.eventsAbout(begun.assignmentId)).at(-1)).toMatchObject({ data: { late: true, days: [second] } });
  });

  it('says it twice and has dropped out once; another can take the place', async () => {
    const place = await held();
    await dropOut(place);
    expect(await dropOut(place)).toMatchObject({ status: 200, body: { state: 'cancelled_early' } });
    expect(await test.eventsAbout(place.assignmentId)).toHaveLength(2);
    const other = await test.worker();
    await test.accept(other, await test.invite(contractor, place, other));
    expect(await jobOf(place.jobId)).toMatchObject({ state: 'staffed', filled: 1 });
  });

  it('is refused once the work is over, and for a place of somebody else', async () => {
    const place = await held();
    expect(await test.http.send(cancelAssignment, { as: await test.worker(), params: place, body: { reason: 'ill' } })).toMatchObject({ status: 404 });
    await test.goTo(test.day(6), '09:00');
    expect(await dropOut(place)).toMatchObject({ status: 409, body: { code: assignmentErrors.assignmentOver.code } });
  });
});

describe('a worker who is taken out of the crew', () => {
  it('is told and free again, nothing counts against them, and whoever holds the place next is not taken out by a repeat', async () => {
    const place = await held();
    const slotId = await test.slotOf(contractor, place.jobId, place.worker);
    const takeOut = () =>
      test.http.send(freeSlot, {
        as: contractor, params: { jobId: place.jobId, slotId }, body: { worker: place.worker.personId, reason: 'plans_changed' },
      });
    expect(await takeOut()).toMatchObject({ status: 200, body: { state: 'staffing', filled: 0 } });
    expect((await test.eventsAbout(place.assignmentId)).at(-1)).toMatchObject({ data: { by: 'contractor', why: 'taken_out', late: false } });
    const next = await test.worker();
    await test.accept(next, await test.invite(contractor, place, next));
    expect(await takeOut()).toMatchObject({ status: 200, body: { state: 'staffed', filled: 1 } });
    expect(await test.http.send(freeSlot, {
      as: test.contractor(), params: { jobId: place.jobId, slotId }, body: { worker: next.personId, reason: 'mistake' },
    })).toMatchObject({ status: 404 });
  });
});

describe('a job that is called off', () => {
  it('frees its crew, ends what waits for an answer, and stays called off', async () => {
    const crew = await test.workers(2);
    const asked = await test.worker();
    const line = await test.openLine(contractor, { count: 3, days: [test.day(3), test.day(4)] });
    for (const worker of crew) await test.accept(worker, await test.invite(contractor, line, worker));
    const { inviteId } = await test.invite(contractor, line, asked);
    expect(await callOff(line.jobId)).toMatchObject({ status: 200, body: { state: 'cancelled', filled: 0 } });
    for (const worker of crew) {
      expect(await test.assignmentOf(worker, line.jobId)).toMatchObject({ state: 'cancelled_early' });
      await eventually(async () => expect(await isFound(worker)).toBe(true));
    }
    expect(await test.http.call(readInvite, { as: asked, params: { inviteId } })).toMatchObject({ state: 'withdrawn' });
    expect(await test.http.refusal(acceptInvite, { as: asked, params: { inviteId } })).toMatchObject({ code: inviteErrors.inviteOver.code });
    expect(await callOff(line.jobId)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    await test.goTo(test.day(6), '09:00');
    expect(await jobOf(line.jobId)).toMatchObject({ state: 'cancelled' });
  });

  it('cannot be called off when it is over, and by nobody else', async () => {
    const { jobId } = await held();
    expect(await test.http.send(cancelJob, { as: test.contractor(), params: { jobId }, body: { reason: 'weather' } })).toMatchObject({ status: 404 });
    await test.goTo(test.day(6), '09:00');
    expect(await callOff(jobId)).toMatchObject({ status: 409, body: { code: jobErrors.jobOver.code } });
  });

  it('leaves nobody with a place, whoever says yes at that moment', async () => {
    const workers = await test.workers(8);
    const line = await test.openLine(contractor, { count: 8, days: [test.day(3), test.day(4)] });
    const invites = await Promise.all(workers.map((worker) => test.invite(contractor, line, worker)));
    const answers = await Promise.all([
      ...workers.map((worker, at) => test.http.send(acceptInvite, { as: worker, params: invites[at] as { inviteId: InviteId } })),
      callOff(line.jobId),
    ]);
    expect(answers.at(-1)).toMatchObject({ status: 200 });
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect(await jobOf(line.jobId)).toMatchObject({ state: 'cancelled', filled: 0 });
    for (const worker of workers) await eventually(async () => expect(await isFound(worker)).toBe(true));
  });
});
