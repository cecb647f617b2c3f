import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountActivated, accountErased, hatsChanged } from '@muster/contracts/auth/events';
import type { Envelope, EventDefinition } from '@muster/contracts/kernel/event';
import type { EventId, PersonId } from '@muster/contracts/kernel/ids';
import { availabilityChanged, workerProfileChanged } from '@muster/contracts/user/events';
import { readCardsForServices } from '@muster/contracts/user/routes';
import { pause } from '@muster/platform/kernel/backoff';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson } from '@muster/platform/testing/http';
import { sql } from 'kysely';
import { MatchingTest, NAGPUR_CELL, ZONE } from '../../test/start-matching';
import { RefreshDocumentWhenWorkerChanges } from './refresh-document-when-worker-changes';

let test: MatchingTest;

beforeAll(async () => {
  test = await MatchingTest.start();
});
afterAll(() => test.close());

async function documentOf(personId: PersonId) {
  const { rows } = await sql<Record<string, unknown>>`
    select display_name, day_rate, languages, weekly from worker_documents where person_id = ${personId}`.execute(test.matching.db.query());
  return rows[0];
}

describe('the worker document', () => {
  it('makes a worker findable by the last event, with the name that user gives', async () => {
    for (let n = 0; n < 2; n += 1) {
      const worker = asPerson(newId<PersonId>(), ['worker']);
      test.cards.set(worker.personId, `Ramesh ${n}`);
      test.activate(worker.personId);
      test.calendar(worker.personId);
      test.profile(worker.personId);
      await test.indexed(worker);
      const found = (await test.search(test.contractor())).items.find((each) => each.personId === worker.personId);
      expect(found).toMatchObject({ displayName: `Ramesh ${n}`, distanceBand: '<2', dayRate: { amount: 90_000, currency: 'INR' } });
    }
  });

  it('is the same whatever the order in which the streams speak', async () => {
    const orders = permutations(['activate', 'profile', 'calendar'] as const);
    const people = orders.map((order) => {
      const { personId } = asPerson(newId<PersonId>());
      test.cards.set(personId, 'Anybody');
      for (const step of order) test[step](personId);
      return { personId };
    });
    await test.indexed(...people);
    const documents = await Promise.all(people.map(({ personId }) => documentOf(personId)));
    for (const document of documents) expect(document).toEqual(documents[0]);
  });

  it('waits for all streams, and for the worker hat', async () => {
    const { personId } = asPerson(newId<PersonId>());
    test.cards.set(personId, 'Later');
    test.profile(personId);
    test.calendar(personId);
    test.activate(personId, ['contractor']);
    const marker = await test.worker();
    expect(test.isIndexed(marker.personId)).toBe(true);
    expect(test.isIndexed(personId)).toBe(false);
    test.wear(personId, ['contractor', 'worker']);
    await test.indexed({ personId });
    test.wear(personId, ['contractor']);
    await test.gone({ personId });
    expect(await documentOf(personId)).toBeUndefined();
  });

  it('follows every later change', async () => {
    const worker = await test.worker();
    test.profile(worker.personId, { dayRate: { amount: 70_000, currency: 'INR' }, languages: ['mr', 'en'] });
    test.calendar(worker.personId, { weekly: [7] });
    await eventually(async () => expect(await documentOf(worker.personId)).toMatchObject({ day_rate: 70_000, languages: ['mr', 'en'], weekly: [7] }));
  });

  it('asks user once for many people whose profiles come together', async () => {
    const calls = () => test.matching.peers.calls.filter((call) => call.endsWith(readCardsForServices.id)).length;
    const before = calls();
    await test.workers(60);
    expect(calls() - before).toBeLessThan(30);
  });
});

describe('an erased person', () => {
  it('is gone everywhere, and no later event brings them back', async () => {
    const worker = await test.worker();
    test.erase(worker.personId);
    await test.gone(worker);
    test.profile(worker.personId);
    test.calendar(worker.personId);
    const marker = await test.worker();
    await test.indexed(marker);
    await pause(100);
    expect(test.isIndexed(worker.personId)).toBe(false);
    for (const table of ['worker_documents', 'worker_sources']) {
      const { rows } = await sql`select 1 from ${sql.table(table)} where person_id = ${worker.personId}`.execute(test.matching.db.query());
      expect(rows).toEqual([]);
    }
    expect(JSON.stringify(await test.search(test.contractor()))).not.toContain(worker.personId);
  });
});

describe('facts that come by other ways than the stream', () => {
  const at = (definition: EventDefinition, personId: PersonId, version: number, data: unknown): Envelope => ({
    id: newId<EventId>(), source: definition.producer, type: definition.type, time: test.matching.clock.instant(), aggregateId: personId,
    aggregateVersion: version, sequence: 1, epoch: 'e' as Envelope['epoch'], recipients: [], data,
  });

  it('never put an older version over a newer one, in any order of all of them', async () => {
    const consumer = test.matching.app.get(RefreshDocumentWhenWorkerChanges);
    const profile = (rate: number) => ({ ...workerProfileChanged.example, cell: NAGPUR_CELL, dayRate: { amount: rate, currency: 'INR' } });
    const calendar = (weekly: number[]) => ({ ...availabilityChanged.example, zone: ZONE, weekly });
    for (const order of permutations([0, 1, 2, 3, 4, 5]).filter((_, index) => index % 48 === 0)) {
      const personId = newId<PersonId>();
      test.cards.set(personId, 'Shuffled');
      const facts = [
        at(accountActivated, personId, 1, { adult: true, hats: [], locale: 'en' }),
        at(hatsChanged, personId, 2, { hats: ['worker'] }),
        at(workerProfileChanged, personId, 1, profile(50_000)),
        at(workerProfileChanged, personId, 2, profile(60_000)),
        at(availabilityChanged, personId, 1, calendar([1])),
        at(availabilityChanged, personId, 2, calendar([2])),
      ];
      for (const index of order) {
        const event = facts[index]!;
        const prepared = await consumer.prepare(event);
        await test.matching.db.transaction((tx) => consumer.apply(tx, event, prepared));
      }
      expect(await documentOf(personId)).toMatchObject({ day_rate: 60_000, weekly: [2], display_name: 'Shuffled' });
    }
  });

  it('stop at the tombstone', async () => {
    const consumer = test.matching.app.get(RefreshDocumentWhenWorkerChanges);
    const worker = await test.worker();
    const late = at(workerProfileChanged, worker.personId, 9, { ...workerProfileChanged.example });
    const prepared = await consumer.prepare(late);
    await test.matching.db.transaction((tx) => consumer.apply(tx, at(accountErased, worker.personId, 3, {}), undefined));
    await test.matching.db.transaction((tx) => consumer.apply(tx, late, prepared));
    expect(await documentOf(worker.personId)).toBeUndefined();
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
