import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hatsChanged } from '@muster/contracts/auth/events';
import { putOnHat, readAccount, takeOffHat } from '@muster/contracts/auth/routes';
import { readSnapshot } from '@muster/contracts/kernel/internal';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { becomeMember, refreshWith, startAuth, type Member, type SignedIn } from '../../test/start-auth';

describe('hats', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  const published = async ({ personId }: Member) =>
    (
      await sql<{ data: unknown; aggregate_version: number; recipients: string[] }>`
        select data, aggregate_version, recipients from outbox
        where type = ${hatsChanged.type} and aggregate_id = ${personId} order by position`.execute(auth.db.query())
    ).rows;

  it('are put on and taken off, published each time that something changes', async () => {
    const member = await becomeMember(auth);
    const wear = (hat: 'worker' | 'contractor') => auth.http.call(putOnHat, { as: member.as, params: { hat } });
    expect((await wear('worker')).roles).toEqual(['worker']);
    expect((await wear('worker')).roles).toEqual(['worker']);
    expect((await wear('contractor')).roles).toEqual(['contractor', 'worker']);
    const off = await auth.http.call(takeOffHat, { as: member.as, params: { hat: 'worker' } });
    expect(off.roles).toEqual(['contractor']);
    expect((await published(member)).map((row) => [row.aggregate_version, row.data, row.recipients])).toEqual([
      [2, { hats: ['worker'] }, [member.personId]],
      [3, { hats: ['contractor', 'worker'] }, [member.personId]],
      [4, { hats: ['contractor'] }, [member.personId]],
    ]);
  });

  it('are in the next access token', async () => {
    const member = await becomeMember(auth);
    await auth.http.call(putOnHat, { as: member.as, params: { hat: 'contractor' } });
    const answer = await refreshWith(auth, member.cookie, randomUUID());
    const { roles, accessToken } = answer.body as SignedIn;
    expect(roles).toEqual(['contractor']);
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: 'muster-auth', aud: 'muster', sub: member.personId, sid: member.sessionId, roles: ['contractor'] });
  });

  it('are two at most, and no grant is one of them', async () => {
    const member = await becomeMember(auth);
    for (const hat of ['admin', 'support', 'Worker', '']) {
      const answer = await auth.http.raw('PUT', `/api/v1/auth/account/hats/${hat}`, {
        headers: { authorization: `Bearer ${member.accessToken}`, 'content-type': 'application/json' },
        body: '{}',
      });
      expect([400, 404]).toContain(answer.status);
    }
    expect((await auth.http.call(readAccount, { as: member.as })).roles).toEqual([]);
  });

  it('are all kept when both are put on at once', async () => {
    const member = await becomeMember(auth);
    await Promise.all((['worker', 'contractor'] as const).map((hat) => auth.http.call(putOnHat, { as: member.as, params: { hat } })));
    expect((await auth.http.call(readAccount, { as: member.as })).roles).toEqual(['contractor', 'worker']);
    expect(await published(member)).toHaveLength(2);
  });

  it('are not for strangers', async () => {
    expect(await auth.http.refusal(putOnHat, { params: { hat: 'worker' } })).toMatchObject({ status: 401 });
    expect(await auth.http.refusal(takeOffHat, { params: { hat: 'worker' } })).toMatchObject({ status: 401 });
  });

  it('stand in the snapshot of the account with its version', async () => {
    const member = await becomeMember(auth);
    await auth.http.call(putOnHat, { as: member.as, params: { hat: 'worker' } });
    const rows = [];
    let after: string | null | undefined;
    do {
      const page = await auth.http.call(readSnapshot, {
        as: 'user',
        params: { aggregate: 'account' },
        query: { limit: 2, ...(after && { after }) },
      });
      rows.push(...page.rows);
      after = page.next;
    } while (after);
    expect(rows.find((row) => row.aggregateId === member.personId)).toEqual({
      aggregateId: member.personId,
      aggregateVersion: 2,
      facts: [
        { type: 'auth.account.activated.v1', data: { adult: true, hats: ['worker'], locale: 'en' } },
        { type: 'auth.account.hats_changed.v1', data: { hats: ['worker'] } },
      ],
    });
  });
});
