import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountActivated, hatsChanged } from '@muster/contracts/auth/events';
import { putOnHat, readAccount, takeOffHat } from '@muster/contracts/auth/routes';
import { readSnapshot } from '@muster/contracts/kernel/internal';
import type { TestAnswer } from '@muster/platform/testing/http';
import { scraped } from '@muster/platform/testing/scraped';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { becomeMember, cookieOf, eventually, refreshWith, signInAgain, startAuth, type Member, type SignedIn } from '../../test/start-auth';

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

  const memberFrom = ({ body, ...answer }: TestAnswer): SignedIn & { cookie: string } => ({ ...(body as SignedIn), cookie: cookieOf({ body, ...answer }) ?? '' });
  const endOf = async ({ sessionId }: Member) =>
    (await sql<{ ended_because: string | null }>`select ended_because from sessions where session_id = ${sessionId}`.execute(auth.db.query())).rows[0]?.ended_because;

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

  it('are counted when they are put on, and not when nothing changes', async () => {
    const member = await becomeMember(auth);
    const counts = async () => [await scraped('muster_roles_taken_total', { role: 'worker' }), await scraped('muster_facts_total', { type: accountActivated.type })];
    const [workers = Number.NaN, accounts = Number.NaN] = await counts();
    expect(accounts).toBeGreaterThan(0);
    for (const route of [putOnHat, putOnHat, takeOffHat]) await auth.http.call(route, { as: member.as, params: { hat: 'worker' } });
    expect(await counts()).toEqual([workers + 1, accounts]);
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

  it('stop counting when they are taken off, as a session that is revoked does, and the next token is good at once', async () => {
    const member = await becomeMember(auth);
    for (const hat of ['worker', 'contractor'] as const) await auth.http.call(putOnHat, { as: member.as, params: { hat } });
    const { cookie, accessToken } = memberFrom(await refreshWith(auth, member.cookie, randomUUID()));
    expect((await auth.http.send(readAccount, { as: { token: accessToken } })).status).toBe(200);
    await auth.http.call(takeOffHat, { as: { token: accessToken }, params: { hat: 'contractor' } });
    await eventually(async () => expect((await auth.http.send(readAccount, { as: { token: accessToken } })).status).toBe(401));
    // The new token is most likely issued in the same second, which must not revoke it together with the old one.
    const next = memberFrom(await refreshWith(auth, cookie, randomUUID()));
    expect(next.roles).toEqual(['worker']);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await auth.http.send(readAccount, { as: { token: next.accessToken } })).status).toBe(200);
    expect(await endOf(member)).toBeNull();
  });

  it('are in no token that counts, however refreshing and taking off meet', async () => {
    for (let round = 0; round < 8; round++) {
      const member = await becomeMember(auth);
      await auth.http.call(putOnHat, { as: member.as, params: { hat: 'contractor' } });
      const sessions = await Promise.all(Array.from({ length: 3 }, () => signInAgain(auth, member.email)));
      const [, ...refreshed] = await Promise.all([
        auth.http.call(takeOffHat, { as: member.as, params: { hat: 'contractor' } }),
        ...sessions.map(({ cookie }) => refreshWith(auth, cookie, randomUUID())),
      ]);
      const tokens = refreshed.map((answer) => memberFrom(answer)).filter(({ roles }) => roles.includes('contractor'));
      for (const { accessToken } of tokens) {
        await eventually(async () => expect((await auth.http.send(readAccount, { as: { token: accessToken } })).status).toBe(401));
      }
    }
  });

  it('revoke nothing when they are put on, or were not worn', async () => {
    const member = await becomeMember(auth);
    await auth.http.call(putOnHat, { as: member.as, params: { hat: 'worker' } });
    await auth.http.call(takeOffHat, { as: member.as, params: { hat: 'contractor' } });
    const { rows } = await sql`select 1 from revocations where person_id = ${member.personId}`.execute(auth.db.query());
    expect(rows).toEqual([]);
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
