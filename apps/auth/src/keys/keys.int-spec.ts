import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readAccount, readContacts, signOut } from '@muster/contracts/auth/routes';
import type { Epoch } from '@muster/contracts/kernel/event';
import { serviceNames, type PersonId } from '@muster/contracts/kernel/ids';
import { readKeys, readRevocations } from '@muster/contracts/kernel/internal';
import { newId } from '@muster/platform/kernel/ids';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { becomeMember, eventually, refreshWith, signInAgain, startAuth } from '../../test/start-auth';
import { RevocationFeed } from '../revocations/revocation-feed';
import { KeysRepository } from './keys.repository';

const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('what auth tells the other services', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  it('is its public keys, never the private part, which is sealed in the database', async () => {
    const member = await becomeMember(auth);
    expect(headerOf(member.accessToken)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    for (const service of serviceNames) {
      const { keys } = await auth.http.call(readKeys, { as: service });
      expect(keys.map((key) => key['kid'])).toContain(headerOf(member.accessToken)['kid']);
      expect(keys.some((key) => 'd' in key)).toBe(false);
    }
    const { rows } = await sql<{ private_sealed: Buffer }>`select private_sealed from signing_keys`.execute(auth.db.query());
    expect(rows.some((row) => row.private_sealed.includes('"d"'))).toBe(false);
  });

  it('is nothing to people, strangers and the public listener', async () => {
    for (const route of [readKeys, readRevocations]) {
      expect(await auth.http.refusal(route)).toMatchObject({ status: 401 });
      const member = await becomeMember(auth);
      expect(await auth.http.refusal(route, { as: member.as })).toMatchObject({ status: 401 });
      expect((await auth.http.raw('GET', route.path)).status).toBe(404);
    }
  });

  it('is each revocation by number, those of five minutes without one', async () => {
    const before = await auth.http.call(readRevocations, { as: 'matching' });
    const member = await becomeMember(auth);
    await auth.http.call(signOut, { as: member.as });
    const query = { after: before.head, epoch: before.epoch };
    const after = await auth.http.call(readRevocations, { as: 'matching', query });
    expect(after).toMatchObject({ epoch: before.epoch, head: before.head + 1 });
    expect(after.revocations).toMatchObject([{ sequence: before.head + 1, personId: member.personId, sessionId: member.sessionId }]);
    expect((await auth.http.call(readRevocations, { as: 'matching' })).revocations).toContainEqual(after.revocations[0]);
  });

  it('numbers revocations densely, however many sessions end at once', async () => {
    const { head, epoch } = await auth.http.call(readRevocations, { as: 'user' });
    const members = [];
    for (let count = 0; count < 12; count++) members.push(await becomeMember(auth));
    await Promise.all(members.map((member) => auth.http.call(signOut, { as: member.as })));
    const { revocations } = await auth.http.call(readRevocations, { as: 'user', query: { after: head, epoch } });
    expect(revocations.map((each) => each.sequence)).toEqual(members.map((_, index) => head + 1 + index));
  });

  it('refuses a number of another epoch, or beyond the head, so that the reader begins anew', async () => {
    const { head, epoch } = await auth.http.call(readRevocations, { as: 'user' });
    expect(await auth.http.refusal(readRevocations, { as: 'user', query: { after: 0, epoch: randomUUID() as Epoch } })).toMatchObject({ status: 409 });
    expect(await auth.http.refusal(readRevocations, { as: 'user', query: { after: head + 1, epoch } })).toMatchObject({ status: 409 });
  });

  it('is not looked up anew for each refresh token with an invented key id', async () => {
    const member = await becomeMember(auth);
    const [, session = '', number = '', mac = ''] = member.cookie.split('=')[1]?.split('.') ?? [];
    const invented = () => `__Host-muster-refresh=${newId()}.${session}.${number}.${mac}`;
    const looks = jest.spyOn(auth.app.get(KeysRepository), 'listRefreshKeys');
    await refreshWith(auth, invented(), randomUUID());
    const first = looks.mock.calls.length;
    const answers = await Promise.all(Array.from({ length: 50 }, () => refreshWith(auth, invented(), randomUUID())));
    expect(answers.every(({ status }) => status === 401)).toBe(true);
    expect(looks.mock.calls.length - first).toBeLessThanOrEqual(1);
    looks.mockRestore();
    expect((await refreshWith(auth, member.cookie, randomUUID())).status).toBe(200);
  });

  it('is addresses to notification alone, of those who have an account', async () => {
    const member = await becomeMember(auth);
    const body = { ids: [member.personId, newId<PersonId>()] };
    const { items } = await auth.http.call(readContacts, { as: 'notification', body });
    expect(items).toEqual([{ personId: member.personId, email: member.email, locale: 'en' }]);
    for (const service of serviceNames.filter((name) => name !== 'notification')) {
      expect(await auth.http.refusal(readContacts, { as: service, body })).toMatchObject({ status: 403 });
    }
  });
});

describe('as time goes by', () => {
  // Tests sign service tokens by the real time. Where the test has moved the clock, the internal routes would refuse
  // them, so the tables are read directly.
  const published = async (auth: TestService) => (await sql<{ kid: string }>`select kid from signing_keys`.execute(auth.db.query())).rows;

  it('a reader without a number is told no revocation older than the longest token', async () => {
    const auth = await startAuth();
    const member = await becomeMember(auth);
    await auth.http.call(signOut, { as: member.as });
    const feed = auth.app.get(RevocationFeed);
    expect((await feed.revocationsAfter()).revocations).toHaveLength(1);
    auth.clock.advance({ m: 6 });
    expect((await feed.revocationsAfter()).revocations).toEqual([]);
    await auth.close();
  });

  it('keys are followed by new ones that everybody knows before they are used; old sessions refresh on', async () => {
    const auth = await startAuth();
    const member = await becomeMember(auth);
    const first = headerOf(member.accessToken)['kid'];

    auth.clock.advance({ d: 15 });
    const kept = await signInAgain(auth, member.email);
    auth.clock.advance({ d: 16 });
    await eventually(async () => expect(await published(auth)).toHaveLength(2));
    const announced = (await published(auth)).map((key) => key.kid);
    expect(headerOf((await signInAgain(auth, member.email)).accessToken)['kid']).toBe(first);

    auth.clock.advance({ m: 11 });
    auth.clock.advanceMonotonic({ s: 16 });
    const later = await signInAgain(auth, member.email);
    expect(headerOf(later.accessToken)['kid']).not.toBe(first);
    expect(announced).toContain(headerOf(later.accessToken)['kid']);
    expect((await auth.http.send(readAccount, { as: later.as })).status).toBe(200);
    expect(later.cookie.split('.')[0]).not.toBe(kept.cookie.split('.')[0]);

    const refreshed = await refreshWith(auth, kept.cookie, randomUUID());
    expect(refreshed.status).toBe(200);
    auth.clock.advance({ h: 3 });
    await eventually(async () => expect(await published(auth)).toHaveLength(1));
    // The old refresh key stays as long as one of its sessions may present an old token, because that is how theft is
    // detected.
    expect(await refreshWith(auth, kept.cookie, randomUUID())).toMatchObject({ status: 401 });
    const { rows } = await sql<{ ended_because: string }>`select ended_because from sessions where session_id = ${kept.sessionId}`.execute(auth.db.query());
    expect(rows).toEqual([{ ended_because: 'reuse' }]);
    await auth.close();
  });
});
