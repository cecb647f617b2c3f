import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEvents, readSnapshot } from '@muster/contracts/kernel/internal';
import { workerProfileChanged } from '@muster/contracts/user/events';
import { NAGPUR, readContractorProfile, readWorkerProfile, saveContractorProfile, saveWorkerProfile, readCards, readCardsForServices } from '@muster/contracts/user/routes';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { workerProfile } from '../../test/factories';
import { config } from '../config';
import { UserModule } from '../user.module';

let user: TestService;
beforeAll(async () => {
  user = await startService(UserModule, config);
});
afterAll(() => user.close());

const events = async () => (await user.http.call(readEvents, { as: 'matching', query: { after: 0 } })).events;

describe('a worker profile', () => {
  it('is not there before it is written', async () => {
    const as = asPerson(undefined, ['worker']);
    expect(await user.http.refusal(readWorkerProfile, { as })).toMatchObject({ status: 404, code: 'user.no_profile' });
  });

  it('reads as it was written', async () => {
    const as = asPerson(undefined, ['worker']);
    const saved = await user.http.call(saveWorkerProfile, { as, body: workerProfile({ displayName: 'रमेश यादव' }) });
    expect(saved).toMatchObject({ displayName: 'रमेश यादव', placeName: 'Nagpur', version: 1 });
    expect(await user.http.call(readWorkerProfile, { as })).toEqual(saved);
  });

  it('is written anew as a whole: a skill that is left out is gone', async () => {
    const as = asPerson(undefined, ['worker']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ skills: [{ trade: 'mason', level: 3, years: 8 }, { trade: 'tile-mason', level: 2, years: 1 }] }) });
    const again = await user.http.call(saveWorkerProfile, { as, body: workerProfile({ skills: [{ trade: 'tile-mason', level: 3, years: 2 }] }) });
    expect(again.skills).toEqual([{ trade: 'tile-mason', level: 3, years: 2 }]);
    expect(again.version).toBe(2);
  });

  it.each([
    ['user.unknown_place', workerProfile({ placeId: '1' }), '/body/placeId'],
    ['user.unknown_trade', workerProfile({ skills: [{ trade: 'alchemist', level: 3, years: 1 }] }), '/body/skills/0/trade'],
    ['user.skill_twice', workerProfile({ skills: [{ trade: 'mason', level: 3, years: 1 }, { trade: 'mason', level: 2, years: 1 }] }), '/body/skills/1/trade'],
    ['user.floor_above_ask', workerProfile({ floorRate: { amount: 99_999, currency: 'INR' } }), '/body/floorRate'],
  ])('is refused as %s, at its field, and nothing is told', async (code, body, pointer) => {
    const before = (await events()).length;
    const refusal = await user.http.refusal(saveWorkerProfile, { as: asPerson(undefined, ['worker']), body });
    expect(refusal).toMatchObject({ status: 422, code, errors: [{ pointer }] });
    expect((await events()).length).toBe(before);
  });

  it('tells the others the cell, never the home or the name', async () => {
    const as = asPerson(undefined, ['worker']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ displayName: 'A name that stays here' }) });
    const told = await eventually(async () => {
      const found = (await events()).find((event) => event.aggregateId === as.personId);
      if (!found) throw new Error('not numbered yet');
      return found;
    });
    const data = workerProfileChanged.data.parse(told.data);
    expect(data.floorRate).toEqual({ amount: 90_000, currency: 'INR' });
    const [home] = await user.db.query<{ worker_profiles: { home_latitude: number; home_longitude: number; person_id: string } }>()
      .selectFrom('worker_profiles').selectAll().where('person_id', '=', as.personId).execute();
    expect(JSON.stringify(told)).not.toContain('A name that stays here');
    // Compares complete numbers of the event, because the cell's may begin with the same digits as the home's.
    const numbers = JSON.stringify(told).match(/-?\d+(\.\d+)?/g)?.map(Number);
    expect(numbers).toContain(data.cell.latitude);
    expect(numbers).not.toContain(home?.home_latitude);
    expect(numbers).not.toContain(home?.home_longitude);
  });

  it('keeps its jitter when it is written again, so that the cell does not wander', async () => {
    const as = asPerson(undefined, ['worker']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile() });
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ travelRadiusKm: 60 }) });
    const cells = await eventually(async () => {
      const own = (await events()).filter((event) => event.aggregateId === as.personId);
      if (own.length < 2) throw new Error('not numbered yet');
      return own.map((event) => workerProfileChanged.data.parse(event.data).cell);
    });
    expect(cells[1]).toEqual(cells[0]);
  });

  it('is in the snapshot with its present version', async () => {
    const as = asPerson(undefined, ['worker']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile() });
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ travelRadiusKm: 80 }) });
    const page = await user.http.call(readSnapshot, { as: 'matching', params: { aggregate: 'worker_profile' }, query: { limit: 1000 } });
    const row = page.rows.find((one) => one.aggregateId === as.personId);
    expect(row).toMatchObject({ aggregateVersion: 2, facts: [{ type: workerProfileChanged.type, data: { travelRadiusKm: 50 } }] });
  });
});

describe('both profiles of one person, saved at once', () => {
  /** The last published profile of each person. */
  async function toldLast(): Promise<Map<string, ReturnType<typeof workerProfileChanged.data.parse>>> {
    const last = new Map<string, ReturnType<typeof workerProfileChanged.data.parse>>();
    for (let after = 0; ; ) {
      const { events: some } = await user.http.call(readEvents, { as: 'matching', query: { after } });
      if (some.length === 0) return last;
      for (const event of some) if (event.type === workerProfileChanged.type) last.set(event.aggregateId, workerProfileChanged.data.parse(event.data));
      after = some.at(-1)?.sequence ?? after;
    }
  }

  it('leave no stale facts behind: what is told last is what is stored, 60 times of 60', async () => {
    const people = Array.from({ length: 60 }, () => asPerson(undefined, ['worker', 'contractor']));
    for (const as of people) await user.http.call(saveWorkerProfile, { as, body: workerProfile({ displayName: 'Before', travelRadiusKm: 5 }) });
    for (const as of people) {
      await Promise.all([
        user.http.call(saveWorkerProfile, { as, body: workerProfile({ displayName: 'As a worker', travelRadiusKm: 50 }) }),
        user.http.call(saveContractorProfile, { as, body: { displayName: 'As a contractor' } }),
      ]);
    }
    await eventually(async () => {
      const last = await toldLast();
      expect(people.map(({ personId }) => last.get(personId)?.travelRadiusKm)).toEqual(people.map(() => 50));
    });
  });
});

describe('a contractor profile', () => {
  it('shares its name with the worker of the same account, who is published again', async () => {
    const as = asPerson(undefined, ['worker', 'contractor']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ displayName: 'Asha' }) });
    await user.http.call(saveContractorProfile, { as, body: { displayName: 'Asha Constructions', placeId: NAGPUR } });
    expect(await user.http.call(readContractorProfile, { as })).toMatchObject({ displayName: 'Asha Constructions', placeId: NAGPUR });
    expect(await user.http.call(readWorkerProfile, { as })).toMatchObject({ displayName: 'Asha Constructions' });
    await eventually(async () => {
      const own = (await events()).filter((event) => event.aggregateId === as.personId && event.type === workerProfileChanged.type);
      expect(own).toHaveLength(2);
    });
  });

  it('is refused with a place that does not exist', async () => {
    const body = { displayName: 'X', placeId: '999' };
    expect(await user.http.refusal(saveContractorProfile, { as: asPerson(undefined, ['contractor']), body })).toMatchObject({ code: 'user.unknown_place' });
  });
});

describe('cards', () => {
  it('show the names of those who have one, to people and to services', async () => {
    const as = asPerson(undefined, ['worker']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ displayName: 'Sunita' }) });
    const ids = [as.personId, asPerson().personId];
    const card = { personId: as.personId, displayName: 'Sunita', photoId: null };
    expect(await user.http.call(readCards, { as: asPerson(), body: { ids } })).toEqual({ items: [card] });
    expect(await user.http.call(readCardsForServices, { as: 'matching', body: { ids } })).toEqual({ items: [card] });
  });
});
