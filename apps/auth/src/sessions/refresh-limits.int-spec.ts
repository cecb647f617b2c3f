import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signUp } from '@muster/contracts/auth/routes';
import { newId } from '@muster/platform/kernel/ids';
import type { TestService } from '@muster/platform/testing/start-service';
import { authEnv, becomeMember, cookieOf, newEmail, PASSWORD, refreshWith, signInAgain, startAuth, type Member } from '../../test/start-auth';

/** All requests come from one address, as those of a town behind one mobile operator do. */
describe('the limit of refreshes', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth({ env: { ...authEnv, RATE_LIMITS: 'refresh=5/20,credential=1000/1000,read=1000/1000' } });
  });
  afterAll(() => auth.close());

  const send = (cookie: string) => refreshWith(auth, cookie, randomUUID());
  const junk = ({ cookie }: Member, n: number): string => {
    const [keyId = '', session = '', number = '', mac = ''] = cookie.split('=')[1]?.split('.') ?? [];
    const forms = [
      '__Host-muster-refresh=rubbish',
      `__Host-muster-refresh=${keyId}.${session}.${number}.${'A'.repeat(43)}`,
      `__Host-muster-refresh=${keyId}.${session}.${Number(number) + 1}.${mac}`,
      `__Host-muster-refresh=${newId()}.${session}.${number}.${mac}`,
      'other=1',
    ];
    return forms[n % forms.length] ?? '';
  };

  it('lets rubbish stop rubbish, and nobody else who comes from there', async () => {
    const [first, second] = [await becomeMember(auth), await becomeMember(auth)];
    const answers = [];
    for (let n = 0; n < 60; n++) answers.push((await send(junk(first, n))).status);
    expect(answers.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(answers.slice(20).every((status) => status === 429)).toBe(true);
    for (const member of [first, second]) expect((await send(member.cookie)).status).toBe(200);
    await signInAgain(auth, first.email);
    const body = { email: newEmail(), password: PASSWORD, dateOfBirth: '1990-05-17' };
    expect((await auth.http.send(signUp, { body })).status).toBe(202);
    await becomeMember(auth);
  });

  it('is one of each session', async () => {
    const [busy, calm] = [await becomeMember(auth), await becomeMember(auth)];
    let cookie = busy.cookie;
    for (let n = 0; n < 5; n++) cookie = cookieOf(await send(cookie)) ?? cookie;
    expect(await send(cookie)).toMatchObject({ status: 429, body: { code: 'platform.too_many', params: { limit: 5 } } });
    expect((await send(calm.cookie)).status).toBe(200);
    expect((await send((await signInAgain(auth, busy.email)).cookie)).status).toBe(200);
  });
});
