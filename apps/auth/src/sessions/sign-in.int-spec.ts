import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readAccount, signIn } from '@muster/contracts/auth/routes';
import type { TestService } from '@muster/platform/testing/start-service';
import { decodeJwt } from 'jose';
import { sql } from 'kysely';
import { authEnv, becomeMember, cookieOf, newEmail, PASSWORD, refreshWith, startAuth, type Member } from '../../test/start-auth';
import { PasswordHasher } from '../passwords/password-hasher';

describe('signing in', () => {
  let auth: TestService;
  let member: Member;
  beforeAll(async () => {
    auth = await startAuth();
    member = await becomeMember(auth);
  });
  afterAll(() => auth.close());

  const attempt = (email: string, password: string, headers: Record<string, string> = {}) =>
    auth.http.send(signIn, { body: { email, password }, headers });

  it('gives tokens that say when the session ends by age, and that never outlive it', async () => {
    const own = await startAuth({ env: { ...authEnv, SESSION_IDLE_DAYS: '30', SESSION_MAX_DAYS: '31' } });
    const member = await becomeMember(own);
    const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, number>;
    const days = (count: number) => count * 86_400;
    const first = claimsOf(member.accessToken);
    expect(Math.abs((first['session_until'] ?? 0) - (first['iat'] ?? 0) - days(30))).toBeLessThanOrEqual(1);
    own.clock.advance({ d: 16 });
    const later = await refreshWith(own, member.cookie, randomUUID());
    own.clock.advance({ d: 14 });
    own.clock.advance({ h: 23, m: 57 });
    const last = claimsOf(((await refreshWith(own, cookieOf(later) ?? '', randomUUID())).body as { accessToken: string }).accessToken);
    expect(last['session_until']).toBe((first['session_until'] ?? 0) + days(1));
    expect(last['exp']).toBe(last['session_until']);
    await own.close();
  });

  it('gives a token that opens the account, whatever the capitals of the address', async () => {
    const answer = await attempt(member.email.toUpperCase(), PASSWORD);
    expect(answer).toMatchObject({ status: 200, body: { personId: member.personId } });
    const { accessToken } = answer.body as { accessToken: string };
    expect(await auth.http.call(readAccount, { as: { token: accessToken } })).toMatchObject({ personId: member.personId });
  });

  it('gives a token that says until when the account is new, and no longer once it is not', async () => {
    const fresh = await becomeMember(auth);
    const claims = async () => decodeJwt(((await attempt(fresh.email, PASSWORD)).body as { accessToken: string }).accessToken);
    const until = Number((await claims())['new_until']) * 1000 - auth.clock.now().getTime();
    expect(until).toBeGreaterThan(6.9 * 86_400_000);
    expect(until).toBeLessThanOrEqual(7 * 86_400_000 + 1000);
    auth.clock.advance({ d: 7, s: 1 });
    expect(await claims()).not.toHaveProperty('new_until');
    auth.clock.advance({ d: -7, s: -1 });
  });

  it('says the same of a wrong password, an unknown address, and accounts that may not sign in', async () => {
    const suspended = await becomeMember(auth);
    await sql`update accounts set state = 'suspended' where person_id = ${suspended.personId}`.execute(auth.db.query());
    const answers = [await attempt(member.email, 'not the password'), await attempt(newEmail(), PASSWORD), await attempt(suspended.email, PASSWORD)];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 401, body: { code: 'auth.credentials_not_right' } });
      expect(Object.keys(answer.headers).sort()).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
      expect(Object.keys(answer.body as object)).toEqual(Object.keys(answers[0]?.body as object));
    }
  });

  it('does the work of one hash for an unknown address as well', async () => {
    const verify = jest.spyOn(auth.app.get(PasswordHasher), 'verifyPassword');
    await attempt(newEmail(), PASSWORD);
    expect(verify).toHaveBeenCalledTimes(1);
    verify.mockRestore();
  });

  it('is not done for a page of another origin', async () => {
    expect(await attempt(member.email, PASSWORD, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  });

  it('evaluates at most ten of a thousand parallel wrong guesses', async () => {
    const victim = await becomeMember(auth);
    const verify = jest.spyOn(auth.app.get(PasswordHasher), 'verifyPassword');
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => attempt(victim.email, `guess number ${index}`)));
    expect(verify.mock.calls.length).toBeLessThanOrEqual(10);
    expect(verify.mock.calls.length).toBeGreaterThan(0);
    verify.mockRestore();
    const statuses = new Set(answers.map((answer) => answer.status));
    expect([...statuses]).toEqual(expect.arrayContaining([401, 429]));
    // A busy machine may also refuse some of a thousand parallel attempts as overloaded, without evaluating them.
    expect([401, 429, 503]).toEqual(expect.arrayContaining([...statuses]));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused[0]).toMatchObject({ body: { code: 'platform.too_many', params: { limit: 10 } } });
    // An attempt that read the clock before the tenth one is told to wait a little longer, but never the next wait,
    // which is twice as long.
    const waits = refused.map((answer) => Number(answer.headers['retry-after']));
    expect([Math.min(...waits) <= 30, Math.max(...waits) < 60]).toEqual([true, true]);
  });

  it('opens again after a wait that doubles, and counts no attempt that was right', async () => {
    const email = newEmail();
    const owner = await becomeMember(auth, email);
    for (let guess = 0; guess < 10; guess++) expect((await attempt(email, 'wrong')).status).toBe(401);
    expect((await attempt(email, PASSWORD)).status).toBe(429);
    auth.clock.advance({ s: 31 });
    expect((await attempt(owner.email, PASSWORD)).status).toBe(200);
    expect((await attempt(owner.email, PASSWORD)).status).toBe(200);
    expect((await attempt(email, 'wrong')).status).toBe(401);
    expect((await attempt(email, PASSWORD)).status).toBe(429);
    auth.clock.advance({ s: 31 });
    expect((await attempt(email, PASSWORD)).status).toBe(429);
    auth.clock.advance({ s: 30 });
    expect((await attempt(email, PASSWORD)).status).toBe(200);
  });

  it('treats an address without an account no differently when it is guessed at', async () => {
    const email = newEmail();
    const answers = [];
    for (let guess = 0; guess < 11; guess++) answers.push((await attempt(email, 'wrong')).status);
    expect(answers).toEqual([...Array(10).fill(401), 429]);
  });
});
