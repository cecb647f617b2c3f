import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readEvents, readSnapshot } from '@muster/contracts/kernel/internal';
import { declareFreeToday, saveAvailability, saveContractorProfile, saveWorkerProfile, withdrawFreeToday } from '@muster/contracts/user/routes';
import type { Tx } from '@muster/platform/database/database';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type TestPerson } from '@muster/platform/testing/http';
import { outcomeOf, racePairs } from '@muster/platform/testing/race-pairs';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { config } from '../src/config';
import { UserModule } from '../src/user.module';
import { workerProfile } from './factories';

let user: TestService;
let replicas: readonly [TestService, TestService];
beforeAll(async () => {
  user = await startService(UserModule, config);
  const { database, auth, clock, peers, bus } = user;
  replicas = [user, await startService(UserModule, config, { database, auth, clock, peers, bus })];
});
afterAll(async () => {
  await replicas[1].close();
  await user.close();
});

async function somebody(): Promise<TestPerson> {
  const person = asPerson(undefined, ['worker', 'contractor']);
  await user.http.call(saveWorkerProfile, { as: person, body: workerProfile() });
  await user.http.call(saveContractorProfile, { as: person, body: { displayName: 'Ramesh Yadav' } });
  await user.http.call(saveAvailability, { as: person, body: { weekly: [1, 2, 3], exceptions: [] } });
  return person;
}

const writes: Record<string, (person: TestPerson, replica: TestService) => Promise<string>> = {
  'save the worker profile': (as, { http }) =>
    http.send(saveWorkerProfile, { as, body: workerProfile({ displayName: 'As a worker', travelRadiusKm: 50 }) }).then(outcomeOf),
  'save it otherwise': (as, { http }) => http.send(saveWorkerProfile, { as, body: workerProfile({ travelRadiusKm: 10 }) }).then(outcomeOf),
  'save the contractor profile': (as, { http }) => http.send(saveContractorProfile, { as, body: { displayName: 'As a contractor' } }).then(outcomeOf),
  'save the calendar': (as, { http }) => http.send(saveAvailability, { as, body: { weekly: [6, 7], exceptions: [] } }).then(outcomeOf),
  'be free today': (as, { http }) => http.send(declareFreeToday, { as, body: {} }).then(outcomeOf),
  'be it no longer': (as, { http }) => http.send(withdrawFreeToday, { as, body: {} }).then(outcomeOf),
};

const holds = [(tx: Tx, { personId }: TestPerson) => sql`select from people where person_id = ${personId} for update`.execute(tx)];

/**
 * Faults of a scene: once the relay of either replica has numbered all events, the last event of each aggregate of the
 * person has to agree with the tables.
 */
async function wrongs(person: TestPerson): Promise<string[]> {
  let found: string[] = [];
  await eventually(async () => expect((found = await untold(person))).toEqual([])).catch(() => undefined);
  return found;
}

async function untold({ personId }: TestPerson): Promise<string[]> {
  const found: string[] = [];
  const before = personId.slice(0, -12) + (BigInt(`0x${personId.slice(-12)}`) - 1n).toString(16).padStart(12, '0');
  for (const aggregate of ['worker_profile', 'availability']) {
    const query = { after: before, limit: 1 };
    const { rows } = await user.http.call(readSnapshot, { as: 'matching', params: { aggregate }, query });
    const told = (await eventsOf(personId)).filter(({ type }) => type.startsWith(`user.${aggregate}.`)).at(-1);
    const kept = rows.find(({ aggregateId }) => aggregateId === personId)?.facts.at(-1);
    if (told === undefined || !isDeepStrictEqual(told.data, kept?.data)) found.push(`${aggregate} told ${JSON.stringify(told?.data)}, kept ${JSON.stringify(kept?.data)}`);
  }
  return found;
}

const seen = { after: 0, events: [] as Array<{ aggregateId: string; type: string; data: unknown }> };
async function eventsOf(personId: string): Promise<Array<{ type: string; data: unknown }>> {
  for (;;) {
    const { events } = await user.http.call(readEvents, { as: 'matching', query: { after: seen.after, limit: 1000 } });
    const fresh = events.filter(({ sequence }) => sequence > seen.after);
    seen.events.push(...fresh);
    seen.after = events.at(-1)?.sequence ?? seen.after;
    if (events.length < 1000) return seen.events.filter(({ aggregateId }) => aggregateId === personId);
  }
}

it('tells last what it keeps, whichever two of the writes of one person meet, at the first try', async () => {
  expect(await racePairs({ replicas, scene: somebody, writes, holds, wrongs }, { freeRounds: 2, lanes: 3 })).toEqual([]);
}, 300_000);
