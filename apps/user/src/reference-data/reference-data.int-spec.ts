import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listTrades, placesNear, searchPlaces } from '@muster/contracts/user/routes';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { placeSearchIsReady } from '@muster/reference/place-search';
import { config } from '../config';
import { UserModule } from '../user.module';

let user: TestService;
beforeAll(async () => {
  user = await startService(UserModule, config);
});
afterAll(() => user.close());

describe('places', () => {
  // This test has to be the first of the file, before anything has asked for a place.
  it('are read and indexed once the service is ready, so that no request waits for it', () => {
    expect(placeSearchIsReady()).toBe(true);
  });

  it.each(['nagp', 'नागप', 'Nagpur, Maharashtra', 'नागपुर, महाराष्ट्र'])('are found by %s', async (q) => {
    const { items } = await user.http.call(searchPlaces, { query: { q } });
    expect(items[0]).toMatchObject({ name: 'Nagpur', zone: 'Asia/Kolkata' });
  });

  it('are found by PIN code, each with its town and its codes', async () => {
    const { items } = await user.http.call(searchPlaces, { query: { q: '440012' } });
    expect(items).toContainEqual(expect.objectContaining({ name: 'Dhantoli', area: 'Nagpur, Maharashtra', areaHi: 'नागपुर, महाराष्ट्र', pins: ['440012'] }));
  });
});

describe('places around a point', () => {
  it('come the nearest first, localities among them', async () => {
    const { items } = await user.http.call(placesNear, { query: { at: '21.13,79.06', limit: 5 } });
    expect(items).toHaveLength(5);
    expect(items.map(({ area }) => area)).toContain('Nagpur, Maharashtra');
    expect(items.flatMap(({ pins }) => pins).length).toBeGreaterThan(0);
  });

  it.each(['21.135,79.06', '21.13', '91,0', '0,181', 'here', '21.13,79.06,1'])('refuses %s: a point is snapped before it is sent', async (at) => {
    expect(await user.http.refusal(placesNear, { query: { at } })).toMatchObject({ status: 400, errors: [{ pointer: '/query/at' }] });
  });
});

describe('trades', () => {
  it('have names in both languages, for anybody', async () => {
    const { items } = await user.http.call(listTrades);
    expect(items.find((one) => one.trade === 'mason')?.names).toMatchObject({ en: expect.any(String), hi: expect.stringMatching(/[\u0900-\u097f]/) });
  });
});
