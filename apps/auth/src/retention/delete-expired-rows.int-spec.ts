import { describe, expect, it, jest } from '@jest/globals';
import { signIn, signOut } from '@muster/contracts/auth/routes';
import { TaskWorker } from '@muster/platform/tasks/task-worker';
import { TimerRunner } from '@muster/platform/timers/timer-runner';
import { sql } from 'kysely';
import { askForAccount, becomeMember, eventually, newEmail, startAuth } from '../../test/start-auth';
import { AccountCleanup } from '../accounts/account-cleanup';

const swept = ['accounts', 'one_time_codes', 'code_quotas', 'mails', 'guess_buckets', 'network_failures', 'revocations', 'sessions'];

describe('the deletion of expired rows', () => {
  it('forgets sign-ups, codes, mail, counters and ended sessions in time, and keeps the account', async () => {
    const auth = await startAuth();
    const member = await becomeMember(auth);
    await askForAccount(auth, newEmail());
    await auth.http.send(signIn, { body: { email: newEmail(), password: 'wrong' } });
    await auth.http.call(signOut, { as: member.as });
    const count = async (table: string) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(auth.db.query());
      return rows[0]?.count ?? 0;
    };
    for (const table of swept) expect(await count(table)).toBeGreaterThan(0);
    auth.clock.advance({ d: 8 });
    await eventually(async () => {
      const left = Object.fromEntries(await Promise.all(swept.map(async (table) => [table, await count(table)] as const)));
      expect(left).toEqual({ ...Object.fromEntries(swept.map((table) => [table, 0])), accounts: 1 });
    });
    await auth.close();
  });

  it('holds no transaction while rows are deleted', async () => {
    const auth = await startAuth();
    const next = async (): Promise<Date | undefined> => {
      const { rows } = await sql<{ at: Date }>`select due_at as at from timers where kind = 'auth.sweep'`.execute(auth.db.query());
      return rows[0]?.at;
    };
    // The first deletion is due a minute after the database was made, and must be over before the one that is looked at.
    auth.clock.advance({ m: 2 });
    await auth.app.get(TimerRunner).runDueTimers();
    await auth.app.get(TaskWorker).runDueTasks();
    const due = await next();
    // The next timer is visible to other connections only when the transaction of the one that fired has ended.
    const seen = new Promise<Date | undefined>((resolve, reject) => {
      jest.spyOn(auth.app.get(AccountCleanup), 'deleteExpired').mockImplementation(() => next().then(resolve, reject));
    });
    auth.clock.advance({ h: 2 });
    expect((await seen)?.getTime()).toBeGreaterThan(due?.getTime() ?? Infinity);
    await auth.close();
  });
});
