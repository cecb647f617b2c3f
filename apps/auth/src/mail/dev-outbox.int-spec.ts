import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDevOutbox } from '@muster/contracts/auth/routes';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { askForAccount, authEnv, newEmail, startAuth, TERMINAL_COOKIE } from '../../test/start-auth';
import { terminalCookie } from '../terminal/terminal-cookie';

describe('the outbox of a machine without a mail provider', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  it('shows what would have been sent, newest first', async () => {
    const emails = [newEmail(), newEmail()];
    for (const email of emails) await askForAccount(auth, email);
    const { items } = await auth.http.call(readDevOutbox, { headers: { cookie: TERMINAL_COOKIE } });
    expect(items.slice(0, 2).map((mail) => mail.to)).toEqual(emails.reverse());
    expect(items[0]?.body).toContain('10 minutes');
  });

  it.each([
    ['x-forwarded-for', '203.0.113.9'],
    ['forwarded', 'for=203.0.113.9'],
    ['host', 'evil.example'],
  ])('is not there for %s: %s', async (name, value) => {
    expect(await auth.http.refusal(readDevOutbox, { headers: { cookie: TERMINAL_COOKIE, [name]: value } })).toMatchObject({ status: 404, code: 'platform.not_found' });
  });

  it.each([
    ['no cookie', ''],
    ["another start's cookie", terminalCookie('the secret of the start before, which is over')],
    ['a cookie cut short', TERMINAL_COOKIE.slice(0, -1)],
    ['the secret itself', `__Host-muster-terminal=${authEnv.TERMINAL_SECRET}`],
  ])('is not there for a loopback peer with %s, as a stranger behind a proxy without headers is one', async (_, cookie) => {
    expect(await auth.http.refusal(readDevOutbox, { headers: { cookie } })).toMatchObject({ status: 404, code: 'platform.not_found' });
  });

  it('keeps codes and addresses sealed at rest', async () => {
    const email = newEmail();
    await askForAccount(auth, email);
    const { rows } = await sql<{ sealed: Buffer }>`select sealed from mails`.execute(auth.db.query());
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ sealed }) => sealed.includes(email) || sealed.includes('Muster'))).toBe(false);
  });
});
