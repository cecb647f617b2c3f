import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@muster/contracts/catalogue';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { readEvents, readSnapshot } from '@muster/contracts/kernel/internal';
import type { Example } from '@muster/contracts/kernel/route';
import * as events from '@muster/contracts/matching/events';
import { MatchingTest } from '../test/start-matching';
import { MatchingTestWorld } from '../test/world';

let test: MatchingTest;
let world: MatchingTestWorld;

beforeAll(async () => {
  test = await MatchingTest.start();
  world = await MatchingTestWorld.make(test);
});
afterAll(() => test.close());

it.each(routes.matching.map((route) => [route.id, route] as const))('%s succeeds by its example, again and again', async (_id, route) => {
  for (let n = 0; n < 2; n += 1) {
    const example = await (route.example as (world: MatchingTestWorld) => Promise<Example<object, object, object>>)(world);
    const as = world.people[example.as as keyof MatchingTestWorld['people']];
    const { params, query, body, ifMatch } = example;
    const answer = await test.http.send(route, { as, params, query, body, ...(ifMatch !== undefined && { ifMatch }) } as never);
    expect({ status: answer.status, fits: route.response.safeParse(answer.body).success }).toEqual({ status: route.status, fits: true });
  }
});

describe('what matching publishes', () => {
  it('goes to those whom it is about', async () => {
    const contractor = test.contractor();
    const [worker, loser] = await test.workers(2);
    const line = await test.openLine(contractor, { count: 1 });
    const won = await test.invite(contractor, line, worker!);
    const lost = await test.invite(contractor, line, loser!);
    await test.accept(worker!, won);
    const all = (await test.http.call(readEvents, { as: 'user', query: { after: 0, limit: 1000 } })).events;
    const told = (type: string, id: string): PersonId[][] => all.filter((each) => each.type === type && each.aggregateId === id).map((each) => each.recipients);
    const both = [worker!.personId, contractor.personId];
    expect(told(events.inviteSent.type, won.inviteId)).toEqual([both]);
    expect(told(events.inviteAccepted.type, won.inviteId)).toEqual([both]);
    expect(told(events.inviteSuperseded.type, lost.inviteId)).toEqual([[loser!.personId, contractor.personId]]);
    expect(told(events.jobChanged.type, line.jobId)).toEqual([[contractor.personId], [contractor.personId], [contractor.personId], [contractor.personId, worker!.personId]]);
    const made = all.find((each) => each.type === events.assignmentMade.type && (each.data as { inviteId: string }).inviteId === won.inviteId);
    expect(made).toMatchObject({ recipients: both, data: { worker: worker!.personId, days: test.days(2) } });
  });

  it.each(['job', 'invite', 'assignment'])('can be read as a snapshot of every %s', async (aggregate) => {
    const definitions = Object.values(events);
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await test.http.call(readSnapshot, { as: 'communication', params: { aggregate }, query: { limit: 3, ...(after && { after }) } });
      for (const row of page.rows) {
        seen.push(row.aggregateId);
        for (const fact of row.facts) expect(definitions.find((each) => each.type === fact.type)?.data.safeParse(fact.data).success).toBe(true);
      }
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...new Set(seen)].sort());
  });
});
