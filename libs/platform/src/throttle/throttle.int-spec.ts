import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { countNotes, listNotes, readGreeting, wrongAnswer } from '../testing/fixture/routes';
import { asPerson } from '../testing/http';
import { startService, type TestService } from '../testing/start-service';

describe('the rate limit', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(NotesModule, config, { env: { RATE_LIMITS: 'read=3/20,search=100/2', TRUST_PROXY: '1' } });
  });
  afterAll(() => service.close());

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

  it('of an account stops that account, and no other of the same network', async () => {
    const [busy, calm] = [asPerson(), asPerson()];
    const network = from('203.0.113.1');
    for (let n = 0; n < 3; n += 1) await service.http.call(listNotes, { as: busy, ...network });
    const answer = await service.http.send(listNotes, { as: busy, ...network });
    expect(answer).toMatchObject({ status: 429, body: { code: 'platform.too_many', params: { limit: 3 } } });
    const seconds = Number(answer.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    await service.http.call(listNotes, { as: calm, ...network });
    expect(await service.http.refusal(listNotes, { as: busy, ...from('203.0.113.2') })).toMatchObject({ status: 429 });
  });

  it('of a network counts strangers and bad tokens, and all addresses of an IPv6 host', async () => {
    for (let n = 0; n < 20; n += 1) await service.http.send(readGreeting, { as: { token: 'bad' }, ...from(`2001:db8:1:2::${n + 1}`) });
    expect(await service.http.refusal(readGreeting, from('2001:db8:1:2:ffff::1'))).toMatchObject({ status: 429, params: { limit: 20 } });
    await service.http.call(readGreeting, from('2001:db8:1:3::1'));
  });

  it('of one class leaves the others alone', async () => {
    const network = from('203.0.113.9');
    for (let n = 0; n < 2; n += 1) await service.http.send(wrongAnswer, network);
    expect(await service.http.refusal(wrongAnswer, network)).toMatchObject({ status: 429 });
    await service.http.call(readGreeting, network);
  });

  it('is not for services', async () => {
    for (let n = 0; n < 30; n += 1) await service.http.call(countNotes, { as: 'matching' });
  });

  it('believes only as many proxies as it is told', async () => {
    const spoofed = (n: number) => from(`198.51.100.${n}, 203.0.113.20`);
    for (let n = 0; n < 20; n += 1) await service.http.send(readGreeting, spoofed(n));
    expect(await service.http.refusal(readGreeting, spoofed(99))).toMatchObject({ status: 429 });
  });
});
