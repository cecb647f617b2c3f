import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lookAround, readAccount, readDevOutbox, readTerminal } from '@muster/contracts/auth/routes';
import type { TestService } from '@muster/platform/testing/start-service';
import { authEnv, becomeMember, cookieOf, ORIGIN, startAuth, TERMINAL_COOKIE, type Member, type SignedIn } from '../../test/start-auth';
import { Guests } from './guests';

const NOT_THERE = { status: 404, code: 'platform.not_found' };

describe('a browser that has opened the link of the terminal', () => {
  let auth: TestService;
  let worker: Member;
  beforeAll(async () => {
    auth = await startAuth();
    worker = await becomeMember(auth);
    auth.app.get(Guests, { strict: false }).inviteGuests(new Map([['worker', worker.email.toUpperCase()]]));
  });
  afterAll(() => auth.close());

  const opened = (more: Record<string, string> = {}) => ({ cookie: TERMINAL_COOKIE, origin: ORIGIN, ...more });

  it('is told as whom it may look around, and others are told nothing', async () => {
    expect(await auth.http.call(readTerminal, { headers: opened() })).toEqual({ isOpen: true, keepsMail: true, guests: ['worker'] });
    const strangers: Array<Record<string, string>> = [{}, opened({ 'x-forwarded-for': '203.0.113.9' }), opened({ host: 'evil.example' }), { cookie: 'x=y' }];
    for (const headers of strangers) {
      expect(await auth.http.call(readTerminal, { headers })).toMatchObject({ isOpen: false, guests: [] });
    }
    expect(await auth.http.call(readTerminal)).toMatchObject({ keepsMail: true });
    expect(await auth.http.call(readTerminal, { headers: opened({ forwarded: 'for=203.0.113.9' }) })).toMatchObject({ keepsMail: false });
  });

  it('looks around as a guest of the demo, with a session like any other', async () => {
    const answer = await auth.http.send(lookAround, { body: { as: 'worker' }, headers: opened() });
    expect(answer).toMatchObject({ status: 200, body: { personId: worker.personId } });
    expect(cookieOf(answer)).toBeDefined();
    const { accessToken } = answer.body as SignedIn;
    expect(await auth.http.call(readAccount, { as: { token: accessToken } })).toMatchObject({ email: worker.email });
  });

  it.each([
    ['without the cookie', { origin: ORIGIN }],
    ['behind a proxy', opened({ forwarded: 'for=203.0.113.9' })],
    ['under another name of the host', opened({ host: 'muster.example' })],
  ])('alone does: %s nobody is let in', async (_, headers) => {
    expect(await auth.http.refusal(lookAround, { body: { as: 'worker' }, headers })).toMatchObject(NOT_THERE);
  });

  it('is asked for its origin, as for every use of a cookie', async () => {
    for (const headers of [{ cookie: TERMINAL_COOKIE }, opened({ origin: 'https://evil.example' })]) {
      expect(await auth.http.refusal(lookAround, { body: { as: 'worker' }, headers })).toMatchObject({ status: 403 });
    }
  });

  it('finds no guest that the demo has not', async () => {
    expect(await auth.http.refusal(lookAround, { body: { as: 'contractor' }, headers: opened() })).toMatchObject(NOT_THERE);
  });

  it('is nobody where Muster was given no secret', async () => {
    const { TERMINAL_SECRET: _none, ...env } = authEnv;
    const cluster = await startAuth({ env: { ...env, TERMINAL_SECRET: undefined } });
    expect(await cluster.http.call(readTerminal, { headers: opened() })).toEqual({ isOpen: false, keepsMail: false, guests: [] });
    expect(await cluster.http.refusal(readDevOutbox, { headers: opened() })).toMatchObject(NOT_THERE);
    expect(await cluster.http.refusal(lookAround, { body: { as: 'worker' }, headers: opened() })).toMatchObject(NOT_THERE);
    await cluster.close();
  });
});
