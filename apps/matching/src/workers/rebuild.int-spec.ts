import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accountActivated } from '@muster/contracts/auth/events';
import type { Epoch } from '@muster/contracts/kernel/event';
import { readSnapshot } from '@muster/contracts/kernel/internal';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { RebuildSwap } from '@muster/platform/messaging/rebuild-swap';
import type { TestPerson } from '@muster/platform/testing/http';
import { sql } from 'kysely';
import { MatchingTest, NAGPUR_CELL, ZONE } from '../../test/start-matching';
import { LiveIndex } from '../search/live-index';

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

it('makes the documents anew from the snapshots, and every index with them', async () => {
  const [kept, lost, erased, left] = await test.workers(4);
  const db = test.matching.db.query();
  test.erase(erased!.personId);
  await test.gone(erased!);
  await sql`delete from worker_documents where person_id = ${lost!.personId}`.execute(db);
  await sql`delete from worker_sources where person_id = ${lost!.personId}`.execute(db);
  // The producers no longer know `left`. They still list the erased person, who must not reappear.
  answerSnapshots([kept!, lost!, erased!]);
  const before = test.matching.app.get(LiveIndex).generation;

  const owner = new Database({ url: test.matching.database.migratorUrl, applicationName: 'rebuild', size: 2, onIdleError: () => undefined });
  try {
    await test.matching.app.get(RebuildSwap).rebuildTables('refresh-document-when-worker-changes', owner);
  } finally {
    await owner.close();
  }

  await test.indexed(kept!, lost!);
  await test.gone(left!);
  expect(test.isIndexed(erased!.personId)).toBe(false);
  expect(test.matching.app.get(LiveIndex).generation).not.toBe(before);
  const { items } = await test.search(test.contractor());
  expect(items.map((each) => [each.personId, each.dayRate.amount]).sort()).toEqual(
    [kept!, lost!].map((worker) => [worker.personId, 88_000]).sort(),
  );

  // Later events find the new tables, and events from before the snapshot do not overwrite it.
  test.profile(kept!.personId, { dayRate: { amount: 10_000, currency: 'INR' } });
  const later = await test.worker();
  expect(test.isIndexed(later.personId)).toBe(true);
  const { rows } = await sql<{ day_rate: number }>`select day_rate from worker_documents where person_id = ${kept!.personId}`.execute(db);
  expect(rows).toEqual([{ day_rate: 88_000 }]);
});
