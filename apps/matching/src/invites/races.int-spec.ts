import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { InviteId } from '@muster/contracts/matching/ids';
import { acceptInvite, declineInvite, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { readJob } from '@muster/contracts/matching/jobs.routes';
import { readEvents } from '@muster/contracts/kernel/internal';
import type { TestPerson } from '@muster/platform/testing/http';
import { sql } from 'kysely';
import { MatchingTest } from '../../test/start-matching';

let test: MatchingTest;
let contractor: TestPerson;

beforeAll(async () => {
  test = await MatchingTest.start();
  contractor = test.contractor();
});
afterAll(() => test.close());

async function count(query: ReturnType<typeof sql<{ count: number }>>): Promise<number> {
  return (await query.execute(test.matching.db.query())).rows[0]?.count ?? 0;
}

it('gives two places to exactly two of twenty who accept at once, and refuses the rest kindly', async () => {
  const workers = await test.workers(20);
  const line = await test.openLine(contractor, { count: 2 });
  const invites = await Promise.all(workers.map((worker) => test.invite(contractor, line, worker)));

  const answers = await Promise.all(workers.map((as, index) => test.http.send(acceptInvite, { as, params: invites[index]! })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([...Array<number>(2).fill(200), ...Array<number>(18).fill(409)]);
  for (const answer of answers.filter((each) => each.status === 409)) expect(answer.body).toMatchObject({ code: inviteErrors.lineFull.code });

  const job = await test.http.call(readJob, { as: contractor, params: { jobId: line.jobId } });
  expect(job).toMatchObject({ state: 'staffed', filled: 2, places: 2 });
  const states = await sql<{ state: string; count: number }>`
    select state, count(*)::integer from invites where line_id = ${line.lineId} group by state order by state`.execute(test.matching.db.query());
  expect(states.rows).toEqual([{ state: 'accepted', count: 2 }, { state: 'superseded', count: 18 }]);
  expect(await count(sql`select count(*)::integer from assignments where line_id = ${line.lineId}`)).toBe(2);

  // Each invite has one end, and each end was told once.
  const { events } = await test.http.call(readEvents, { as: 'notification', query: { after: 0, limit: 1000 } });
  const ends = events.filter((event) => /invite\.(accepted|superseded)/.test(event.type) && invites.some((each) => each.inviteId === event.aggregateId));
  expect(new Set(ends.map((event) => event.aggregateId)).size).toBe(20);
  expect(ends).toHaveLength(20);
});

it('books a worker once who accepts overlapping work on two devices', async () => {
  const worker = await test.worker();
  const lines = await Promise.all([1, 2, 3].map(() => test.openLine(contractor, { days: [test.day(30)] })));
  const invites = [];
  for (const line of lines) invites.push(await test.invite(contractor, line, worker));
  const answers = await Promise.all(invites.map((params) => test.http.send(acceptInvite, { as: worker, params })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  expect(await count(sql`select count(*)::integer from assignment_days where worker = ${worker.personId}`)).toBe(1);
});

it('gives an invite one end when it is accepted, declined and withdrawn at once', async () => {
  for (let round = 0; round < 8; round += 1) {
    const worker = await test.worker();
    const { inviteId } = await test.invite(contractor, await test.openLine(contractor, { days: [test.day(40 + round)] }), worker);
    const params: { inviteId: InviteId } = { inviteId };
    const answers = await Promise.all([
      test.http.send(acceptInvite, { as: worker, params }),
      test.http.send(declineInvite, { as: worker, params }),
      test.http.send(withdrawInvite, { as: contractor, params }),
    ]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const ends = await count(sql`
      select count(*)::integer from steps where subject_id = ${inviteId} and to_state in ('accepted', 'declined', 'withdrawn')`);
    expect(ends).toBe(1);
  }
});

it('has a place for everybody whom a refused acceptance lets through', async () => {
  // The booked one takes the lock of the only slot first and gives it back; the other must not be told that it is full.
  const [booked, free] = await test.workers(2);
  await test.accept(booked!, await test.invite(contractor, await test.openLine(contractor, { days: [test.day(60)] }), booked!));
  for (let round = 0; round < 5; round += 1) {
    const line = await test.openLine(contractor, { count: 1, days: [test.day(60), test.day(61 + round)] });
    const refused = await test.invite(contractor, line, booked!);
    const taken = await test.invite(contractor, line, free!);
    const [first, second] = await Promise.all([
      test.http.send(acceptInvite, { as: booked!, params: refused }),
      test.http.send(acceptInvite, { as: free!, params: taken }),
    ]);
    expect(first.status).toBe(409);
    expect(second.status).toBe(200);
    await sql`delete from assignment_days where worker = ${free!.personId}`.execute(test.matching.db.query());
    await test.http.send(withdrawInvite, { as: contractor, params: refused });
  }
});
