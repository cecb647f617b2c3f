import { afterAll, beforeEach, beforeAll, describe, expect, it } from '@jest/globals';
import { confirmSignUp, signIn } from '@muster/contracts/auth/routes';
import type { TestAnswer } from '@muster/platform/testing/http';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { askForAccount, askInNewBrowser, authEnv, becomeMember, BROWSER_COOKIE, codeFor, cookieOf, newEmail, PASSWORD, startAuth } from '../../test/start-auth';

const STRANGERS_PASSWORD = 'the password of a stranger';
const NOT_RIGHT = { status: 401, body: { code: 'auth.code_not_right' } };
const ASK_HERE = { status: 409, body: { code: 'auth.ask_for_code_here' } };

/** A code proves that somebody reads the mailbox, but not who chose the password; the secret of the browser proves that. */
describe("a stranger's sign-up with the address of somebody else", () => {
  let auth: TestService;
  let email: string;
  beforeAll(async () => {
    auth = await startAuth({ env: { ...authEnv, TRUST_PROXY: '1' } });
  });
  beforeEach(() => {
    email = newEmail();
  });
  afterAll(() => auth.close());

  const confirm = (code: string, cookie?: string, address = email): Promise<TestAnswer> =>
    auth.http.send(confirmSignUp, { body: { email: address, code }, headers: cookie === undefined ? {} : { cookie } });
  const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const opens = async (password: string): Promise<boolean> => (await auth.http.send(signIn, { body: { email, password } })).status === 200;
  const ask = (wish: { password?: string; headers?: Record<string, string> } = {}) => askInNewBrowser(auth, email, wish);
  const strangerAsks = (headers: Record<string, string> = {}) => ask({ password: STRANGERS_PASSWORD, headers });
  const getsInFrom = async (browser: string): Promise<void> => {
    expect((await confirm(await codeFor(auth, email), browser)).status).toBe(200);
    expect([await opens(PASSWORD), await opens(STRANGERS_PASSWORD)]).toEqual([true, false]);
  };

  it('is not confirmed by the newest code where the stranger has spent the tries that he could', async () => {
    const own = await ask();
    const wrong = otherThan(await codeFor(auth, email));
    for (let tries = 0; tries < 3; tries++) await confirm(wrong);
    await strangerAsks();
    expect(await confirm(await codeFor(auth, email), own)).toMatchObject(NOT_RIGHT);
    await getsInFrom(await ask());
  });

  it('is not confirmed by the newest code after three typos of the owner', async () => {
    const own = await ask();
    const wrong = otherThan(await codeFor(auth, email));
    for (let tries = 0; tries < 3; tries++) expect(await confirm(wrong, own)).toMatchObject(NOT_RIGHT);
    await strangerAsks();
    expect(await confirm(await codeFor(auth, email), own)).toMatchObject(NOT_RIGHT);
    await getsInFrom(await ask({ headers: { cookie: own } }));
  });

  it('is not confirmed by any code that the owner types in another browser, which is told to ask there', async () => {
    await ask();
    const first = await codeFor(auth, email);
    await strangerAsks();
    const newest = await codeFor(auth, email);
    for (const code of [first, newest]) expect(await confirm(code)).toMatchObject(ASK_HERE);
    const otherSignUp = await askInNewBrowser(auth, newEmail());
    expect(await confirm(newest, otherSignUp)).toMatchObject(ASK_HERE);
    await getsInFrom(await ask());
  });

  it("is not confirmed by the newest code when the owner's own is too old", async () => {
    const own = await ask();
    auth.clock.advance({ s: 601 });
    await strangerAsks();
    expect(await confirm(await codeFor(auth, email), own)).toMatchObject(NOT_RIGHT);
    await getsInFrom(await ask({ headers: { cookie: own } }));
  });

  it("is not confirmed when it was made in the owner's own browser, whose newest password counts", async () => {
    const shared = await strangerAsks();
    const strangers = await codeFor(auth, email);
    const own = await ask({ headers: { cookie: shared } });
    expect(await confirm(strangers, shared)).toMatchObject(ASK_HERE);
    // The owner received both codes. Whichever is typed in this browser confirms the sign-up that this browser made
    // last.
    expect((await confirm(strangers, own)).status).toBe(200);
    expect([await opens(PASSWORD), await opens(STRANGERS_PASSWORD)]).toEqual([true, false]);
  });

  it('costs the owner no try, however often the stranger guesses', async () => {
    const own = await ask();
    const wrong = otherThan(await codeFor(auth, email));
    const strangers = await strangerAsks({ 'x-forwarded-for': '203.0.113.9' });
    for (let tries = 0; tries < 20; tries++) await confirm(wrong, tries % 2 === 0 ? strangers : undefined);
    const { rows } = await sql<{ tries: number }>`select max(tries) as tries from one_time_codes where email_key = ${email}`.execute(auth.db.query());
    expect(rows).toEqual([{ tries: 3 }]);
    await getsInFrom(await ask({ headers: { cookie: own } }));
  });

  it('uses up no code of an owner who asks from another network', async () => {
    const from = (network: string) => ({ password: STRANGERS_PASSWORD, headers: { 'x-forwarded-for': network } });
    const strangers = [];
    for (let codes = 0; codes < 12; codes++) strangers.push((await askForAccount(auth, email, from('203.0.113.9'))).status);
    expect(strangers.filter((status) => status === 202)).toHaveLength(3);
    await getsInFrom(await ask({ headers: { 'x-forwarded-for': '198.51.100.7' } }));
  });

  it('leaves the first code of a day to each network when an address has had all of its codes', async () => {
    const from = (network: string) => ({ headers: { 'x-forwarded-for': network } });
    const answers = [];
    for (let network = 1; network <= 30; network++) {
      answers.push((await askForAccount(auth, email, from(`203.0.113.${network}`))).status);
      answers.push((await askForAccount(auth, email, from(`203.0.113.${network}`))).status);
    }
    expect(answers.filter((status) => status === 202)).toHaveLength(30 + 12);
    expect((await askForAccount(auth, email, from('203.0.113.30'))).body).toMatchObject({ code: 'auth.codes_used_up', params: { limit: 24 } });
    await getsInFrom(await ask(from('198.51.100.8')));
  });

  it('counts as one network what one household or attacker picks its IPv6 addresses from', async () => {
    const from = (group: number) => ({ headers: { 'x-forwarded-for': `2001:db8:7:${group}::1` } });
    const answers = [];
    for (let group = 1; group <= 5; group++) answers.push((await askForAccount(auth, email, from(group))).status);
    expect(answers).toEqual([202, 202, 202, 429, 429]);
  });

  it('makes one account when two browsers confirm the same address at once', async () => {
    const first = await ask();
    const firstCode = await codeFor(auth, email);
    const other = await ask();
    const otherCode = await codeFor(auth, email);
    const answers = await Promise.all([confirm(firstCode, first), confirm(otherCode, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('is gone as soon as the owner is in, and answers as before', async () => {
    const strangers = await strangerAsks();
    const member = await becomeMember(auth, email);
    const answer = await askForAccount(auth, member.email, { password: STRANGERS_PASSWORD, headers: { cookie: strangers } });
    expect([answer.status, cookieOf(answer, BROWSER_COOKIE) === undefined]).toEqual([202, false]);
    expect(await opens(STRANGERS_PASSWORD)).toBe(false);
  });
});
