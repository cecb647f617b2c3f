import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accountActivated } from '@muster/contracts/auth/events';
import type { Epoch } from '@muster/contracts/kernel/event';
import { readSnapshot } from '@muster/contracts/kernel/internal';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import { AppError } from '@muster/platform/errors/app-error';
import { RebuildQueue } from '@muster/platform/messaging/rebuild-queue';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestPerson } from '@muster/platform/testing/http';
import { sql } from 'kysely';
import { MatchingTest, NAGPUR_CELL, ZONE } from '../../test/start-matching';

let test: MatchingTest;

beforeAll(async () => {
  test = await MatchingTest.start();
});
afterAll(() => test.close());

const fact = (definition: { type: string }, data: unknown) => ({ type: definition.type, data });

/** Makes the snapshots of auth and user list these people, whatever the events said before. */
function answerSnapshots(people: readonly TestPerson[]): void {
  const facts: Record<string, { type: string; data: unknown }> = {
    account: fact(accountActivated, { adult: true, hats: ['worker'], locale: 'en' }),
    worker_profile: fact(workerProfileChanged, { ...workerProfileChanged.example, cell: NAGPUR_CELL, dayRate: { amount: 88_000, currency: 'INR' } }),
    availability: fact(availabilityChanged, { ...availabilityChanged.example, zone: ZONE, weekly: [1, 2, 3, 4, 5, 6, 7] }),
  };
  for (const producer of ['auth', 'user'] as const) {
    test.matching.peers.answer(producer, readSnapshot, ({ params }) => {
      const known = facts[params.aggregate];
      if (!known) throw new AppError(platformErrors.notFound);
      return {
        head: { producer, epoch: '00000000-0000-4000-8000-000000000001' as Epoch, sequence: 1_000_000 }, // ahead of every earlier event
        rows: people.map(({ personId }) => ({ aggregateId: personId, aggregateVersion: 50, facts: [known] })),
        next: null,
      };
    });
  }
}

it('makes the documents anew from the snapshots, and the index with them, without whom no producer knows', async () => {
  const [kept, lost, erased, left] = await test.workers(4);
  const db = test.matching.db.query();
  test.erase(erased!.personId);
  await test.gone(erased!);
  await sql`delete from worker_documents where person_id = ${lost!.personId}`.execute(db);
  await sql`delete from worker_sources where person_id = ${lost!.personId}`.execute(db);
  // The producers no longer know `left`. They still list the erased person, who must not reappear.
  answerSnapshots([kept!, lost!, erased!]);

  // What matching knows of `kept` is from a later time than what its producers say now, as after they were restored.
  await sql`update worker_sources set version = 1000 where person_id = ${kept!.personId}`.execute(db);

  await test.matching.app.get(RebuildQueue).requestRebuilds(['refresh-document-when-worker-changes'], 'test');
  await eventually(async () => expect((await sql`select from rebuilds`.execute(db)).rows).toEqual([]));

  await test.indexed(kept!, lost!);
  await test.gone(left!);
  expect(test.isIndexed(erased!.personId)).toBe(false);
  const { items } = await test.search(test.contractor());
  expect(items.map((each) => [each.personId, each.dayRate.amount]).sort()).toEqual(
    [kept!, lost!].map((worker) => [worker.personId, 88_000]).sort(),
  );

  // Later events are applied, and events from before the snapshot do not overwrite it.
  test.profile(kept!.personId, { dayRate: { amount: 10_000, currency: 'INR' } });
  const later = await test.worker();
  expect(test.isIndexed(later.personId)).toBe(true);
  const { rows } = await sql<{ day_rate: number }>`select day_rate from worker_documents where person_id = ${kept!.personId}`.execute(db);
  expect(rows).toEqual([{ day_rate: 88_000 }]);
});
