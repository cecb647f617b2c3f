import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assignmentMade } from '@muster/contracts/matching/events';
import { availabilityChanged } from '@muster/contracts/user/events';
import { declareFreeToday, readAvailability, saveAvailability, saveWorkerProfile, withdrawFreeToday } from '@muster/contracts/user/routes';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { sql } from 'kysely';
import { workerProfile } from '../../test/factories';
import { config } from '../config';
import { UserModule } from '../user.module';

let user: TestService;
let matching: TestProducer;
beforeAll(async () => {
  const bus = new InProcessBus();
  const peers = await TestPeers.start();
  matching = new TestProducer('matching', bus, peers);
  user = await startService(UserModule, config, { bus, peers });
});
afterAll(async () => {
  await user.close();
  await user.peers.close();
});

const worker = () => asPerson(undefined, ['worker']);
const KARACHI = '1174872';
const today = () => user.clock.today('Asia/Kolkata');

describe('a calendar', () => {
  it('is empty before it is written, and is written as a whole', async () => {
    const as = worker();
    expect(await user.http.call(readAvailability, { as })).toMatchObject({ weekly: [], exceptions: [], freeUntil: null, version: 0 });
    const body = { weekly: [6, 1, 1], exceptions: [{ date: today(), free: true }] };
    const saved = await user.http.call(saveAvailability, { as, body });
    expect(saved).toMatchObject({ weekly: [1, 6], exceptions: [{ date: today(), free: true }], version: 1 });
    await user.http.call(saveAvailability, { as, body: { weekly: [], exceptions: [] } });
    expect(await user.http.call(readAvailability, { as })).toMatchObject({ weekly: [], exceptions: [], version: 2 });
  });

  it('refuses a date that is marked twice or too far ahead', async () => {
    const twice = { weekly: [], exceptions: [{ date: today(), free: true }, { date: today(), free: false }] };
    expect(await user.http.refusal(saveAvailability, { as: worker(), body: twice })).toMatchObject({ code: 'user.date_twice' });
    const far = { weekly: [], exceptions: [{ date: '2099-01-01', free: true }] };
    expect(await user.http.refusal(saveAvailability, { as: worker(), body: far })).toMatchObject({ code: 'user.date_out_of_reach' });
  });

  it('forgets dates that are past instead of refusing them, so that what it gave yesterday can be saved today', async () => {
    const as = worker();
    const day = today();
    await user.http.call(saveAvailability, { as, body: { weekly: [2], exceptions: [{ date: day, free: false }] } });
    const { weekly, exceptions } = await user.http.call(readAvailability, { as });
    user.clock.advance({ d: 2 });
    expect(await user.http.call(readAvailability, { as })).toMatchObject({ exceptions: [] });
    const next = { date: today(), free: true };
    expect(await user.http.call(saveAvailability, { as, body: { weekly, exceptions: [...exceptions, next] } })).toMatchObject({ exceptions: [next] });
    user.clock.advance({ d: -2 });
  });

  it('is published again when its worker moves to another time zone, and not when they move within one', async () => {
    const as = worker();
    const zones = async () => {
      const { rows } = await sql<{ zone: string }>`
        select data ->> 'zone' as zone from outbox
        where type = ${availabilityChanged.type} and aggregate_id = ${as.personId} order by position`.execute(user.db.query());
      return rows.map(({ zone }) => zone);
    };
    await user.http.call(saveAvailability, { as, body: { weekly: [1], exceptions: [] } });
    await user.http.call(saveWorkerProfile, { as, body: workerProfile() });
    expect(await zones()).toEqual(['Asia/Kolkata']);
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ placeId: KARACHI }) });
    await user.http.call(saveWorkerProfile, { as, body: workerProfile({ placeId: KARACHI, travelRadiusKm: 10 }) });
    expect(await zones()).toEqual(['Asia/Kolkata', 'Asia/Karachi']);
  });

  it('is free today for a day and not longer', async () => {
    const as = worker();
    const before = user.clock.now().getTime();
    const { freeUntil } = await user.http.call(declareFreeToday, { as });
    const declared = Date.parse(freeUntil ?? '') - 24 * 3_600_000;
    expect(declared).toBeGreaterThanOrEqual(before);
    expect(declared).toBeLessThanOrEqual(user.clock.now().getTime());
    user.clock.advance({ h: 25 });
    expect((await user.http.call(readAvailability, { as })).freeUntil).toBeNull();
  });

  it('takes "free today" back', async () => {
    const as = worker();
    await user.http.call(declareFreeToday, { as });
    await user.http.call(withdrawFreeToday, { as });
    expect((await user.http.call(readAvailability, { as })).freeUntil).toBeNull();
  });

  it('shows the days that an assignment takes, once however often it is told', async () => {
    const as = worker();
    const day = today();
    const data = { ...assignmentMade.example, worker: as.personId, days: [day] };
    const told = matching.publish(assignmentMade, { aggregateId: data.assignmentId, data });
    matching.repeat(told);
    await eventually(async () => expect((await user.http.call(readAvailability, { as })).booked).toEqual([day]));
  });
});
