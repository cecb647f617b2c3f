import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { inviteErrors, jobErrors } from '@muster/contracts/matching/errors';
import type { InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, listInvites, readInvite, sendInvite, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { rankForLine, readJob } from '@muster/contracts/matching/jobs.routes';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
import { MatchingTest } from '../../test/start-matching';

let test: MatchingTest;
let contractor: TestPerson;

beforeAll(async () => {
  test = await MatchingTest.start();
  contractor = test.contractor();
});
afterAll(() => test.close());

const refusal = (line: { jobId: JobId; lineId: LineId }, worker: PersonId, as = contractor) =>
  test.http.refusal(sendInvite, { as, params: line, body: { worker } });

describe('sending an invite', () => {
  it('tells the worker all that is needed to answer, and starts the staffing', async () => {
    const worker = await test.worker({ profile: { cell: { latitude: 21.18, longitude: 79.09 } } });
    const line = await test.openLine(contractor, { pay: { amount: 12_000, currency: 'INR', basis: 'hour' } });
    const body = { worker: worker.personId, timeLimitMinutes: 60 };
    const { inviteId } = await test.http.call(sendInvite, { as: contractor, params: line, body });

    const invite = await test.http.call(readInvite, { as: worker, params: { inviteId } });
    expect(invite).toMatchObject({
      ...line, inviteId, state: 'sent', contractor: contractor.personId, title: 'Compound wall', trade: 'mason',
      placeName: 'Nagpur', placeNameHi: 'नागपुर', distanceBand: '2-5', days: test.days(2), startsAt: '09:00', endsAt: '18:00', filled: 0, count: 2,
      total: { amount: 12_000 * 9 * 2, currency: 'INR' }, conversationId: conversationOf(line.jobId, worker.personId), version: 1,
    });
    expect(new Date(invite.expiresAt).getTime() - new Date(invite.sentAt).getTime()).toBe(3_600_000);

    const job = await test.http.call(readJob, { as: contractor, params: { jobId: line.jobId } });
    expect(job).toMatchObject({ state: 'staffing', filled: 0 });
    expect(job.lines[0]?.invites).toEqual([{ inviteId, worker: worker.personId, state: 'sent', expiresAt: invite.expiresAt }]);
  });

  it('sends one invite for a request that is sent twice', async () => {
    const worker = await test.worker();
    const params = await test.openLine(contractor);
    const send = () => test.http.call(sendInvite, { as: contractor, params, body: { worker: worker.personId }, idempotencyKey: 'once' });
    expect(await send()).toEqual(await send());
  });

  it('no longer proposes who was invited, and asks for one thing at a time', async () => {
    const worker = await test.worker();
    const job = await test.open(contractor, {}, { trade: 'mason', days: [test.day(9)] });
    const [one, two] = job.lines.map((line) => ({ jobId: job.jobId, lineId: line.lineId }));
    const shown = async (line = two!) =>
      (await test.http.call(rankForLine, { as: contractor, params: line, query: { limit: 100 } })).items.map((each) => each.personId);
    expect(await shown()).toContain(worker.personId);
    const { inviteId } = await test.invite(contractor, one!, worker);
    expect(await shown()).not.toContain(worker.personId);
    for (const line of [one!, two!, await test.openLine(contractor)]) {
      expect(await refusal(line, worker.personId)).toMatchObject({ status: 409, code: inviteErrors.alreadyInvited.code });
    }
    await test.http.call(withdrawInvite, { as: contractor, params: { inviteId } });
    await eventually(async () => expect([await shown(one), await shown()]).toEqual([expect.arrayContaining([worker.personId]), expect.arrayContaining([worker.personId])]));
    await test.invite(contractor, two!, worker);
  });

  it('refuses a draft, myself, and who cannot be found', async () => {
    const worker = await test.worker();
    const draft = await test.draft(contractor);
    const closed = { jobId: draft.jobId, lineId: draft.lines[0]!.lineId };
    expect(await refusal(closed, worker.personId)).toMatchObject({ status: 409, code: jobErrors.jobNotOpen.code, params: { state: 'draft' } });

    const line = await test.openLine(contractor);
    expect(await refusal(line, contractor.personId)).toMatchObject({ status: 422, code: inviteErrors.selfInvite.code });
    expect(await refusal(line, newId<PersonId>())).toMatchObject({ status: 409, code: inviteErrors.notAvailable.code });
    test.wear(worker.personId, ['contractor']);
    await test.gone(worker);
    expect(await refusal(line, worker.personId)).toMatchObject({ code: inviteErrors.notAvailable.code });
  });

  it('leaves nobody with more than three invites to answer, however many contractors ask at once', async () => {
    const worker = await test.worker();
    const contractors = Array.from({ length: 6 }, () => test.contractor());
    const lines = await Promise.all(contractors.map((each) => test.openLine(each)));
    const answers = await Promise.all(
      lines.map((params, index) => test.http.send(sendInvite, { as: contractors[index]!, params, body: { worker: worker.personId } })),
    );
    expect(test.matching.db.transactionRetries).toBe(0);
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3);
    for (const answer of answers.filter((each) => each.status !== 201)) {
      expect(answer.body).toMatchObject({ status: 409, code: inviteErrors.notAvailable.code });
    }
    const next = await test.openLine(contractor);
    const shown = async () => (await test.http.call(rankForLine, { as: contractor, params: next, query: { limit: 100 } })).items.map((each) => each.personId);
    await eventually(async () => expect(await shown()).not.toContain(worker.personId));
    const [pending] = (await test.http.call(listInvites, { as: worker, query: { open: 'true' } })).items;
    await test.http.call(declineInvite, { as: worker, params: { inviteId: pending!.inviteId } });
    expect((await test.http.send(sendInvite, { as: contractor, params: next, body: { worker: worker.personId } })).status).toBe(201);
  });

  it('refuses a line that is full', async () => {
    const [first, second] = await test.workers(2);
    const line = await test.openLine(contractor, { count: 1 });
    await test.accept(first!, await test.invite(contractor, line, first!));
    expect(await refusal(line, second!.personId)).toMatchObject({ status: 409, code: inviteErrors.lineFull.code });
  });

  it("does not know somebody else's line, nor one of another job", async () => {
    const worker = await test.worker();
    const line = await test.openLine(contractor);
    const other = await test.openLine(contractor);
    const wrong = [
      refusal(line, worker.personId, test.contractor()),
      refusal({ jobId: newId<JobId>(), lineId: line.lineId }, worker.personId),
      refusal({ jobId: other.jobId, lineId: line.lineId }, worker.personId),
    ];
    for (const problem of await Promise.all(wrong)) expect(problem).toMatchObject({ status: 404, code: platformErrors.notFound.code });
    expect(await refusal(line, worker.personId, worker)).toMatchObject({ status: 403 });
  });
});

describe('withdrawing an invite', () => {
  it('ends it, once', async () => {
    const worker = await test.worker();
    const { inviteId } = await test.invite(contractor, await test.openLine(contractor), worker);
    const withdraw = (as = contractor) => test.http.send(withdrawInvite, { as, params: { inviteId } });
    expect((await withdraw(test.contractor())).status).toBe(404);
    expect((await withdraw(worker)).status).toBe(403);
    expect((await withdraw()).body).toEqual({ inviteId, state: 'withdrawn' });
    expect((await withdraw()).body).toEqual({ inviteId, state: 'withdrawn' });
    expect(await test.http.call(readInvite, { as: worker, params: { inviteId } })).toMatchObject({ state: 'withdrawn', version: 2 });
    expect(await test.http.refusal(acceptInvite, { as: worker, params: { inviteId } })).toMatchObject({
      status: 409, code: inviteErrors.inviteOver.code, params: { state: 'withdrawn' },
    });
  });

  it('is too late once there is an answer', async () => {
    const worker = await test.worker();
    const invite = await test.invite(contractor, await test.openLine(contractor), worker);
    await test.accept(worker, invite);
    expect(await test.http.refusal(withdrawInvite, { as: contractor, params: invite })).toMatchObject({
      status: 409, code: inviteErrors.inviteOver.code, params: { state: 'accepted' },
    });
    expect(await test.http.refusal(withdrawInvite, { as: contractor, params: { inviteId: newId<InviteId>() } })).toMatchObject({ status: 404 });
  });
});
