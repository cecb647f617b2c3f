import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signUp } from '@muster/contracts/auth/routes';
import type { TestService } from '@muster/platform/testing/start-service';
import { askForAccount, authEnv, becomeMember, mailTo, newEmail, PASSWORD, startAuth } from '../../test/start-auth';

describe('signing up', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  const body = (email: string, dateOfBirth = '1990-05-17') => ({ email, password: PASSWORD, dateOfBirth });

  it('answers the same for a new address, one that waits, and one that has an account; only the mail differs', async () => {
    const member = await becomeMember(auth);
    const fresh = newEmail();
    const answers = [await askForAccount(auth, fresh), await askForAccount(auth, fresh), await askForAccount(auth, member.email)];
    for (const answer of answers) {
      expect(answer.status).toBe(202);
      expect(answer.body).toEqual({ codeLength: 6, validForSeconds: 600 });
      const names = Object.keys(answer.headers).sort();
      expect(names).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
    }
    expect((await mailTo(auth, fresh))?.body).toMatch(/\b\d{6}\b/);
    const toOwner = await mailTo(auth, member.email);
    expect(toOwner?.subject).toBe('You already have an account with Muster');
    expect(toOwner?.body).not.toMatch(/\b\d{6}\b/);
  });

  it('finds the account whatever the capitals', async () => {
    const member = await becomeMember(auth);
    await askForAccount(auth, member.email.toUpperCase());
    expect((await mailTo(auth, member.email.toUpperCase()))?.subject).toMatch(/already/);
  });

  it('writes in the language that was asked for', async () => {
    const email = newEmail();
    await auth.http.call(signUp, { body: { ...body(email), locale: 'hi' } });
    expect((await mailTo(auth, email))?.subject).toMatch(/^\d{6} आपका Muster कोड है$/);
  });

  it('is for people of 18 and over', async () => {
    const today = auth.clock.now().toISOString().slice(0, 10);
    const years = (count: number) => `${Number(today.slice(0, 4)) - count}${today.slice(4)}`.replace('-02-29', '-02-28');
    const email = newEmail();
    const tomorrow = new Date(auth.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    const dayTooYoung = `${Number(tomorrow.slice(0, 4)) - 18}${tomorrow.slice(4)}`;
    expect(await auth.http.refusal(signUp, { body: body(email, dayTooYoung.replace('-02-29', '-03-01')) })).toMatchObject({ status: 422, code: 'auth.under_age' });
    expect(await mailTo(auth, email)).toBeUndefined();
    expect((await auth.http.send(signUp, { body: body(email, years(18)) })).status).toBe(202);
  });

  it('names the field of a birth that nobody can have had', async () => {
    for (const birth of ['1850-01-01', '0000-01-01']) {
      const problem = await auth.http.refusal(signUp, { body: body(newEmail(), birth) });
      expect(problem).toMatchObject({ status: 400, code: 'platform.invalid_request', errors: [{ pointer: '/body/dateOfBirth' }] });
    }
  });

  it('sends three codes in ten minutes, to a stranger and to an owner alike, and says when more may be had', async () => {
    const member = await becomeMember(auth); // one code
    const stranger = newEmail();
    await askForAccount(auth, stranger);
    for (const email of [member.email, stranger]) {
      expect((await askForAccount(auth, email)).status).toBe(202);
      expect((await askForAccount(auth, email)).status).toBe(202);
      const refused = await askForAccount(auth, email);
      expect(refused).toMatchObject({ status: 429, body: { code: 'auth.codes_used_up', params: { limit: 3 } } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(590);
    }
  });

  it('sends no fourth code however many ask at once', async () => {
    const email = newEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => askForAccount(auth, email)));
    expect(answers.filter((answer) => answer.status === 202)).toHaveLength(3);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(17);
  });

  it('never takes a role, a state or an id from the body', async () => {
    for (const extra of [{ roles: ['admin'] }, { grants: ['admin'] }, { state: 'active' }, { personId: '01900000-0000-7000-8000-000000000001' }]) {
      const refused = await auth.http.send(signUp, { body: { ...body(newEmail()), ...extra } });
      expect(refused).toMatchObject({ status: 400, body: { code: 'platform.invalid_request' } });
    }
  });
});

describe('signing up while all places for hashing are taken', () => {
  it('answers that it is busy, at once, and uses up no guess', async () => {
    const auth = await startAuth({ env: { ...authEnv, HASH_CONCURRENCY: '1', HASH_QUEUE: '1' } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => askForAccount(auth, newEmail())));
    const busy = answers.filter((answer) => answer.status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.every((answer) => (answer.body as { code: string }).code === 'platform.overloaded')).toBe(true);
    expect(answers.filter((answer) => answer.status === 202).length).toBeGreaterThanOrEqual(2);
    await auth.close();
  });
});
