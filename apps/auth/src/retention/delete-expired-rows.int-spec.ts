import { describe, expect, it } from '@jest/globals';
import { signIn, signOut } from '@muster/contracts/auth/routes';
import { sql } from 'kysely';
import { askForAccount, becomeMember, eventually, newEmail, startAuth } from '../../test/start-auth';

const swept = ['accounts', 'one_time_codes', 'code_quotas', 'mails', 'guess_buckets', 'network_failures', 'revocations', 'sessions'];

describe('the sweep', () => {
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
});
