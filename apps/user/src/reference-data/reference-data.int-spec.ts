import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listTrades, searchPlaces } from '@muster/contracts/user/routes';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { config } from '../config';
import { UserModule } from '../user.module';

let user: TestService;
beforeAll(async () => {
  user = await startService(UserModule, config);
});
afterAll(() => user.close());

describe('places', () => {
  it.each(['nagp', 'नागप'])('are found by %s', async (q) => {
    const { items } = await user.http.call(searchPlaces, { query: { q } });
    expect(items[0]).toMatchObject({ name: 'Nagpur', zone: 'Asia/Kolkata' });
  });
});

describe('trades', () => {
  it('have names in both languages, for anybody', async () => {
    const { items } = await user.http.call(listTrades);
    expect(items.find((one) => one.trade === 'mason')?.names).toMatchObject({ en: expect.any(String), hi: expect.stringMatching(/[\u0900-\u097f]/) });
  });
});
