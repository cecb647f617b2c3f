import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readEvents } from '@muster/contracts/kernel/internal';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { InviteId } from '@muster/contracts/matching/ids';
import { acceptInvite } from '@muster/contracts/matching/invites.routes';
import { readJob } from '@muster/contracts/matching/jobs.routes';
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

const faults = async () => {
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks::integer from pg_stat_database where datname = current_database()`.execute(test.matching.db.query());
  return { retries: test.matching.db.transactionRetries, deadlocks: rows[0]?.deadlocks };
};
afterEach(async () => expect(await faults()).toEqual({ retries: 0, deadlocks: 0 }));

async function count(query: ReturnType<typeof sql<{ count: number }>>): Promise<number> {
  return (await query.execute(test.matching.db.query())).rows[0]?.count ?? 0;
}

describe('workers who accept places of one line at the same moment', () => {
  it.each([2, 6, 20, 60])('all get one at the first try where there are enough (%s)', async (n) => {
    const workers = await test.workers(n);
    const line = await test.openLine(contractor, { count: n });
    const invites: Array<{ inviteId: InviteId }> = [];
    for (const worker of workers) invites.push(await test.invite(contractor, line, worker));
    const answers = await Promise.all(workers.map((as, index) => test.http.send(acceptInvite, { as, params: invites[index]! })));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(n).fill(200));
    const job = await test.http.call(readJob, { as: contractor, params: { jobId: line.jobId } });
    expect(job).toMatchObject({ state: 'staffed', filled: n, places: n });
    expect(job.lines[0]?.slots.map(({ worker }) => worker).sort()).toEqual(workers.map(({ personId }) => personId).sort());
  });

  it('get two of two where there are twenty of them, and the rest is refused kindly', async () => {
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

    // Each invite ends once, and each end is published once.
    const { events } = await test.http.call(readEvents, { as: 'notification', query: { after: 0, limit: 1000 } });
    const ends = events.filter((event) => /invite\.(accepted|superseded)/.test(event.type) && invites.some((each) => each.inviteId === event.aggregateId));
    expect(new Set(ends.map((event) => event.aggregateId)).size).toBe(20);
    expect(ends).toHaveLength(20);
  });

  it('get their places where others are refused, who were booked for one of the days meanwhile', async () => {
    const [booked, free] = await test.workers(2);
    for (let round = 0; round < 5; round += 1) {
      const [elsewhere, asking] = [test.contractor(), test.contractor()];
      const days = [test.day(30 + 2 * round), test.day(31 + 2 * round)];
      const line = await test.openLine(asking, { count: 1, days });
      const refused = await test.invite(asking, line, booked!);
      const taken = await test.invite(asking, line, free!);
      const other = await test.invite(elsewhere, await test.openLine(elsewhere, { days: [days[0]!] }), booked!);
      await test.accept(booked!, other);
      const [first, second] = await Promise.all([
        test.http.send(acceptInvite, { as: booked!, params: refused }),
        test.http.send(acceptInvite, { as: free!, params: taken }),
      ]);
      expect([first.status, second.status]).toEqual([409, 200]);
    }
  });
});

it('books a worker once who accepts overlapping work on two devices', async () => {
  const worker = await test.worker();
  const invites = [];
  for (const each of [1, 2, 3].map(() => test.contractor())) {
    invites.push(await test.invite(each, await test.openLine(each, { days: [test.day(30)] }), worker));
  }
  const answers = await Promise.all(invites.map((params) => test.http.send(acceptInvite, { as: worker, params })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  expect(await count(sql`select count(*)::integer from assignment_days where worker = ${worker.personId}`)).toBe(1);
});
