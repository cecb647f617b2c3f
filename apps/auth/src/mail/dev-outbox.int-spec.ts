import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDevOutbox } from '@muster/contracts/auth/routes';
import type { TestService } from '@muster/platform/testing/start-service';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { sql } from 'kysely';
import { terminalCookie } from '../terminal/terminal-cookie';
import { askForAccount, authEnv, newEmail, startAuth, TERMINAL_COOKIE } from '../../test/start-auth';

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

/** As much of SMTP as a mail needs; the first `failures` connections are dropped. */
async function smtpSink(failures: number): Promise<{ url: string; mails: string[]; connections: () => number; close(): Promise<void> }> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    connections += 1;
    if (connections <= failures) {
      socket.destroy();
      return;
    }
    let data: string | undefined;
    socket.write('220 sink\r\n');
    socket.on('data', (chunk) => {
      for (const text of chunk.toString().split(/(?<=\r\n)/)) {
        if (data !== undefined) {
          data += text;
          if (data.endsWith('\r\n.\r\n')) {
            mails.push(data);
            data = undefined;
            socket.write('250 kept\r\n');
          }
        } else if (/^DATA/i.test(text)) {
          data = '';
          socket.write('354 go on\r\n');
        } else socket.write(/^QUIT/i.test(text) ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails, connections: () => connections, close };
}

describe('with a mail provider', () => {
  it('mail leaves after the commit, again after a failure, and the outbox is not there', async () => {
    const sink = await smtpSink(1);
    const auth = await startAuth({ env: { ...authEnv, MAIL_URL: sink.url } });
    const email = newEmail();
    expect((await askForAccount(auth, email)).status).toBe(202);
    while (sink.connections() < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    auth.clock.advance({ m: 5 });
    while (sink.mails.length === 0) {
      await auth.app.get(TimerRunner).runDue();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toContain(`To: ${email}`);
    expect(sink.mails[0]).toMatch(/\b\d{6}\b/);
    const { rows } = await sql`select 1 from mails`.execute(auth.db.query());
    expect(rows).toEqual([]);
    expect(await auth.http.refusal(readDevOutbox, { headers: { cookie: TERMINAL_COOKIE } })).toMatchObject({ status: 404 });
    await auth.close();
    await sink.close();
  });
});
