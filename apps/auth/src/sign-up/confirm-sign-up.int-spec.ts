import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountActivated } from '@muster/contracts/auth/events';
import { confirmSignUp, readAccount } from '@muster/contracts/auth/routes';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { askInNewBrowser, becomeMember, codeFor, newEmail, startAuth } from '../../test/start-auth';

const NOT_RIGHT = { status: 401, code: 'auth.code_not_right' };

describe('confirming a sign-up', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  const confirm = (email: string, code: string, cookie?: string) =>
    auth.http.send(confirmSignUp, { body: { email, code }, headers: cookie === undefined ? {} : { cookie } });
  const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  it('signs the device in, with a cookie that no page can read', async () => {
    const email = newEmail();
    const browser = await askInNewBrowser(auth, email);
    const answer = await confirm(email, await codeFor(auth, email), browser);
    expect(answer.status).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-muster-refresh=[^;]+; Max-Age=155(52000|51999); Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const { accessToken, roles } = answer.body as { accessToken: string; roles: string[] };
    expect(roles).toEqual([]);
    const account = await auth.http.call(readAccount, { as: { token: accessToken } });
    expect(account).toMatchObject({ email, dateOfBirth: '1990-05-17', locale: 'en', roles: [] });
  });

  it('publishes that the account is active, once', async () => {
    const member = await becomeMember(auth);
    const { rows } = await sql<{ data: unknown; aggregate_version: number }>`
      select data, aggregate_version from outbox where type = ${accountActivated.type} and aggregate_id = ${member.personId}`.execute(auth.db.query());
    expect(rows).toEqual([{ data: { adult: true, hats: [], locale: 'en' }, aggregate_version: 1 }]);
  });

  it('gives one answer for a wrong code, a used one and an old one', async () => {
    const email = newEmail();
    const browser = await askInNewBrowser(auth, email);
    const code = await codeFor(auth, email);
    const late = newEmail();
    const lateBrowser = await askInNewBrowser(auth, late);
    const lateCode = await codeFor(auth, late);
    const problems = [(await confirm(email, otherThan(code), browser)).body];
    expect((await confirm(email, code, browser)).status).toBe(200);
    problems.push((await confirm(email, code, browser)).body);
    auth.clock.advance({ s: 601 });
    problems.push((await confirm(late, lateCode, lateBrowser)).body);
    for (const problem of problems) {
      expect(problem).toMatchObject(NOT_RIGHT);
      expect(Object.keys(problem as object).sort()).toEqual(Object.keys(problems[0] as object).sort());
    }
  });

  it('lets a code be tried three times, also when all tries come at once', async () => {
    const email = newEmail();
    const browser = await askInNewBrowser(auth, email);
    const code = await codeFor(auth, email);
    const wrong = await Promise.all(Array.from({ length: 9 }, () => confirm(email, otherThan(code), browser)));
    expect(wrong.every((answer) => answer.status === 401)).toBe(true);
    expect((await confirm(email, code, browser)).body).toMatchObject(NOT_RIGHT);
  });

  it('makes one account and one session of one code, however many bring it at once', async () => {
    const email = newEmail();
    const browser = await askInNewBrowser(auth, email);
    const code = await codeFor(auth, email);
    const answers = await Promise.all(Array.from({ length: 3 }, () => confirm(email, code, browser)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401]);
  });

  it('gives nobody an account of an address that has one, not even with the code that was made', async () => {
    const member = await becomeMember(auth);
    const browser = await askInNewBrowser(auth, member.email);
    const { rows } = await sql`select 1 from accounts where email_key = ${member.email} and state = 'pending'`.execute(auth.db.query());
    expect(rows).toHaveLength(1);
    const sealed = await Promise.all(['000000', '123456', '999999'].map((code) => confirm(member.email, code, browser)));
    expect(sealed.map((answer) => answer.status)).toEqual([401, 401, 401]);
  });
});
