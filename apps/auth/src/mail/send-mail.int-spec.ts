import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readDevOutbox, signIn, signUp } from '@muster/contracts/auth/routes';
import { withClient } from '@muster/platform/database/with-client';
import { DeadLetters } from '@muster/platform/messaging/dead-letters';
import { TaskWorker } from '@muster/platform/tasks/task-worker';
import { eventually } from '@muster/platform/testing/eventually';
import { startServiceProcess } from '@muster/platform/testing/service-process';
import type { TestService } from '@muster/platform/testing/start-service';
import { testDatabase } from '@muster/platform/testing/test-database';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { Timers } from '@muster/platform/timers/timers';
import { sql } from 'kysely';
import { startSmtpSink, type SmtpSink } from '../../test/smtp-sink';
import { askForAccount, authEnv, newEmail, PASSWORD, startAuth, TERMINAL_COOKIE } from '../../test/start-auth';
import { config } from '../config';
import { SEND_MAIL } from './mailer';

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function sink(mannerOf?: Parameters<typeof startSmtpSink>[0]): Promise<SmtpSink> {
  const started = await startSmtpSink(mannerOf);
  closing.push(() => started.close());
  return started;
}

async function authWith(provider: SmtpSink, overrides: Parameters<typeof startAuth>[0] = {}): Promise<TestService> {
  const auth = await startAuth({ ...overrides, env: { ...authEnv, MAIL_URL: provider.url, ...overrides.env } });
  closing.push(() => auth.close());
  return auth;
}

const runDue = (auth: TestService) => auth.app.get(TaskWorker).runDueTasks();
const mailsOf = async (auth: TestService) => (await sql`select * from mails`.execute(auth.db.query())).rows;
/** The tasks that send mail; another kind deletes expired rows at times of its own. */
const tasksOf = async (auth: TestService) => (await sql<TaskRow>`select * from tasks where kind = ${SEND_MAIL.kind}`.execute(auth.db.query())).rows;

interface TaskRow {
  readonly key: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly done_at: Date | null;
  readonly given_up_at: Date | null;
}

describe('with a mail provider', () => {
  it('mail leaves after the commit, again after a failure, and the outbox is not there', async () => {
    const provider = await sink((nth) => (nth === 1 ? 'drop' : 'take'));
    const auth = await authWith(provider);
    const email = newEmail();
    expect((await askForAccount(auth, email)).status).toBe(202);
    await eventually(async () => expect(await tasksOf(auth)).toMatchObject([{ attempts: 1, last_error: expect.anything() }]));
    auth.clock.advance({ m: 5 });
    await runDue(auth);
    await eventually(async () => expect(provider.mails).toHaveLength(1));
    expect(provider.mails[0]).toContain(`To: ${email}`);
    expect(provider.mails[0]).toMatch(/\b\d{6}\b/);
    await eventually(async () => expect(await mailsOf(auth)).toEqual([]));
    expect(await auth.http.refusal(readDevOutbox, { headers: { cookie: TERMINAL_COOKIE } })).toMatchObject({ status: 404 });
  });

  it('an address that the provider refuses for good is not tried again, and waits for nobody', async () => {
    const provider = await sink(() => 'refuse address');
    const auth = await authWith(provider);
    await askForAccount(auth, newEmail());
    await eventually(async () => expect(await tasksOf(auth)).toMatchObject([{ attempts: 1, done_at: expect.anything() }]));
    expect([await mailsOf(auth), provider.connections()]).toEqual([[], 1]);
  });

  it('mail that the release before left in a timer is sent as well', async () => {
    const provider = await sink((nth) => (nth === 1 ? 'drop' : 'take'));
    const auth = await authWith(provider);
    await askForAccount(auth, newEmail());
    const [task] = await eventually(async () => {
      const rows = await tasksOf(auth);
      expect(rows[0]?.last_error).not.toBeNull();
      return rows;
    });
    // Makes the database look as before there were tasks: the mail, and a timer with its id as the key.
    await sql`delete from tasks where kind = ${SEND_MAIL.kind}`.execute(auth.db.query());
    await auth.db.transaction((tx) => auth.app.get(Timers).scheduleTimer(tx, { kind: 'auth.send_mail', key: task?.key ?? '', at: auth.clock.now() }));
    await auth.app.get(TimerRunner).runDueTimers();
    await eventually(async () => expect(provider.mails).toHaveLength(1));
    expect(provider.mails[0]).toContain(`Message-ID: <${task?.key}@muster>`);
  });

  it('one that takes connections and never says a word holds no connection of the database, and is given up with a reason', async () => {
    const provider = await sink(() => 'hang');
    const auth = await authWith(provider, { env: { DATABASE_POOL_SIZE: '3' } });
    for (let count = 0; count < 6; count += 1) expect(await askForAccount(auth, newEmail())).toMatchObject({ status: 202 });
    // More deliveries hang than the pool has connections, and none of them holds a connection.
    const busy = () => auth.db.poolCounts.total - auth.db.poolCounts.idle;
    await eventually(async () => expect([provider.open(), busy(), auth.db.poolCounts.waiting]).toEqual([SEND_MAIL.concurrency, 0, 0]));
    const { rows } = await sql<{ count: number }>`
      select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`.execute(auth.db.query());
    expect(rows).toEqual([{ count: 0 }]);
    expect(await auth.http.refusal(signIn, { body: { email: newEmail(), password: PASSWORD } })).toMatchObject({ status: 401 });

    const silent = expect.stringMatching(/Greeting never received|Timeout/); // any of the three timeouts may have ended it
    await eventually(async () => expect(await tasksOf(auth)).toContainEqual(expect.objectContaining({ given_up_at: null, last_error: silent })));
    // Leaves every task that is not being worked one last attempt.
    const hurry = () => sql`
      update tasks set attempts = ${SEND_MAIL.attempts - 1}
      where kind = ${SEND_MAIL.kind} and owner is null and done_at is null and attempts < ${SEND_MAIL.attempts - 1}`.execute(auth.db.query());
    const givenUp = expect.objectContaining({ attempts: SEND_MAIL.attempts, last_error: silent, given_up_at: expect.anything() });
    await eventually(async () => {
      await hurry();
      expect(await tasksOf(auth)).toEqual(Array.from({ length: 6 }, () => givenUp));
    });
    expect(await auth.app.get(DeadLetters).listDeadLetters(SEND_MAIL.kind)).toHaveLength(6);
  }, 90_000);

  it.each([
    { point: 'task.after-claim', when: 'before it has begun', before: 0, mails: 1, attempts: 2 },
    { point: 'task.after-work', when: 'between the yes of the provider and its own note', before: 1, mails: 2, attempts: 2 },
    { point: 'task.after-settle', when: 'right after its own note', before: 1, mails: 1, attempts: 1 },
  ])('mail whose sender is killed $when is not lost, and has one Message-ID however often it leaves', async ({ point, before, mails, attempts }) => {
    const provider = await sink();
    const database = await testDatabase(config);
    closing.push(() => database.drop());
    // No other task may come first to the point at which the process is killed.
    await withClient(database.url, (client) => client.query(`update timers set due_at = now() + interval '1 hour' where kind = 'auth.sweep'`));
    const env = { ...authEnv, MAIL_URL: provider.url, MUSTER_CRASH_POINTS: 'on', MUSTER_CRASH_AT: point };
    const killed = await startServiceProcess({ program: join(__dirname, '../main.ts'), config, env, database });
    closing.push(() => killed.close());
    const died = once(killed.process, 'exit');
    const body = JSON.stringify({ email: newEmail(), password: PASSWORD, dateOfBirth: '1990-05-17' });
    await fetch(`${killed.publicUrl}${signUp.path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).catch(() => undefined);
    expect((await died)[1]).toBe('SIGKILL');
    expect(provider.mails).toHaveLength(before);

    const auth = await authWith(provider, { database });
    await runDue(auth);
    expect(provider.mails).toHaveLength(before); // the task is still leased by the killed process, or settled
    auth.clock.advance({ s: 26 });
    await runDue(auth);
    await eventually(async () => expect(await tasksOf(auth)).toMatchObject([{ attempts, done_at: expect.anything() }]));
    const ids = provider.mails.map((mail) => /^Message-ID: (.*)$/m.exec(mail)?.[1]);
    expect([ids.length, new Set(ids).size]).toEqual([mails, 1]);
    expect(await mailsOf(auth)).toEqual([]);
  }, 120_000);
});
