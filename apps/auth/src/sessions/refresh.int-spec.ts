import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAccount } from '@muster/contracts/auth/routes';
import { REVOCATIONS_SUBJECT } from '@muster/platform/auth/revocations';
import { InProcessFanout } from '@muster/platform/realtime/in-process-fanout';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestAnswer } from '@muster/platform/testing/http';
import type { TestService } from '@muster/platform/testing/start-service';
import { sql } from 'kysely';
import { becomeMember, cookieOf, refreshWith, signInAgain, startAuth, type Member } from '../../test/start-auth';

describe('refreshing', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  const next = async (answer: Promise<TestAnswer>): Promise<string> => {
    const { status, body, headers } = await answer;
    expect({ status, body }).toMatchObject({ status: 200 });
    return cookieOf({ status, body, headers }) as string;
  };
  const numberOf = async (member: Member): Promise<number> => {
    const { rows } = await sql<{ number: number }>`select number from sessions where session_id = ${member.sessionId}`.execute(auth.db.query());
    return rows[0]?.number ?? 0;
  };
  const endOf = async (member: Member): Promise<string | null | undefined> => {
    const { rows } = await sql<{ ended_because: string | null }>`select ended_because from sessions where session_id = ${member.sessionId}`.execute(auth.db.query());
    return rows[0]?.ended_because;
  };
  const expectSignedOut = async (answer: Promise<TestAnswer>): Promise<void> => {
    const { status, body, headers } = await answer;
    expect({ status, body }).toMatchObject({ status: 401, body: { code: 'auth.signed_out' } });
    expect(String(headers['set-cookie'])).toMatch(/^__Host-muster-refresh=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  };
  const expectRevokedSoon = async (member: Member): Promise<void> => {
    await eventually(async () => expect(await auth.http.send(readAccount, { as: member.as })).toMatchObject({ status: 401 }));
  };

  it('rotates the cookie and gives a new access token of the same session', async () => {
    const member = await becomeMember(auth);
    const answer = await refreshWith(auth, member.cookie, randomUUID());
    expect(answer).toMatchObject({ status: 200, body: { personId: member.personId, sessionId: member.sessionId } });
    expect(cookieOf(answer)).not.toBe(member.cookie);
    expect(await next(refreshWith(auth, cookieOf(answer) as string, randomUUID()))).toMatch(/\.3\.[A-Za-z0-9_-]{43}$/);
  });

  it('rotates once for fifty parallel refreshes of one token, and raises no alarm', async () => {
    for (const attempts of [Array.from({ length: 50 }, () => randomUUID()), Array<string>(50).fill(randomUUID())]) {
      const member = await becomeMember(auth);
      const cookies = await Promise.all(attempts.map((attempt) => next(refreshWith(auth, member.cookie, attempt))));
      expect(new Set(cookies).size).toBe(1);
      expect(await numberOf(member)).toBe(2);
      expect(await endOf(member)).toBeNull();
    }
  });

  it('gives the lost answer again, a day later, to the attempt that it was for', async () => {
    const member = await becomeMember(auth);
    const attempt = randomUUID();
    const lost = await next(refreshWith(auth, member.cookie, attempt));
    auth.clock.advance({ d: 1 });
    expect(await next(refreshWith(auth, member.cookie, attempt))).toBe(lost);
    expect(await next(refreshWith(auth, lost, randomUUID()))).toMatch(/\.3\./);
  });

  it('ends the family when a token comes 11 s after its rotation without its attempt id', async () => {
    const member = await becomeMember(auth);
    const successor = await next(refreshWith(auth, member.cookie, randomUUID()));
    auth.clock.advance({ s: 11 });
    await expectSignedOut(refreshWith(auth, member.cookie, randomUUID()));
    expect(await endOf(member)).toBe('reuse');
    await expectRevokedSoon(member);
    await expectSignedOut(refreshWith(auth, successor, randomUUID()));
  });

  it('gives the predecessor its successor within ten seconds', async () => {
    const member = await becomeMember(auth);
    const successor = await next(refreshWith(auth, member.cookie, randomUUID()));
    auth.clock.advance({ s: 9 });
    expect(await next(refreshWith(auth, member.cookie, randomUUID()))).toBe(successor);
  });

  it('ends the family when a thief and the owner take turns with one token', async () => {
    const member = await becomeMember(auth);
    let owner = member.cookie;
    let thief = member.cookie;
    let turns = 0;
    for (; turns < 10 && (await endOf(member)) === null; turns++) {
      auth.clock.advance({ m: 4 });
      const owned = await refreshWith(auth, owner, randomUUID());
      owner = cookieOf(owned) ?? owner;
      auth.clock.advance({ m: 1 });
      const stolen = await refreshWith(auth, thief, randomUUID());
      thief = cookieOf(stolen) ?? thief;
    }
    expect(turns).toBe(1);
    await expectSignedOut(refreshWith(auth, owner, randomUUID()));
    await expectSignedOut(refreshWith(auth, thief, randomUUID()));
  });

  it('signs out without alarm when the number is ahead, as after a restored database', async () => {
    const member = await becomeMember(auth);
    const ahead = await next(refreshWith(auth, await next(refreshWith(auth, member.cookie, randomUUID())), randomUUID()));
    await sql`update sessions set number = 1, attempt = null where session_id = ${member.sessionId}`.execute(auth.db.query());
    await expectSignedOut(refreshWith(auth, ahead, randomUUID()));
    expect(await endOf(member)).toBe('ahead');
  });

  it('leaves the other sessions of the person alone', async () => {
    const member = await becomeMember(auth);
    const phone = await signInAgain(auth, member.email);
    await next(refreshWith(auth, member.cookie, randomUUID()));
    auth.clock.advance({ s: 11 });
    await expectSignedOut(refreshWith(auth, member.cookie, randomUUID()));
    await next(refreshWith(auth, phone.cookie, randomUUID()));
  });

  it('refuses a forged token and leaves the session alone', async () => {
    const member = await becomeMember(auth);
    const [keyId, session, number, mac = ''] = member.cookie.split('=')[1]?.split('.') ?? [];
    const forged = `__Host-muster-refresh=${keyId}.${session}.${Number(number) + 1}.${mac}`;
    await expectSignedOut(refreshWith(auth, forged, randomUUID()));
    await expectSignedOut(refreshWith(auth, '__Host-muster-refresh=rubbish', randomUUID()));
    expect(await refreshWith(auth, 'other=1', randomUUID())).toMatchObject({ status: 401, body: { code: 'auth.signed_out' } });
    await next(refreshWith(auth, member.cookie, randomUUID()));
  });

  it.each(['https://evil.example', 'null', null])('is not done for origin %s, and spends nothing', async (origin) => {
    const member = await becomeMember(auth);
    expect(await refreshWith(auth, member.cookie, randomUUID(), origin)).toMatchObject({ status: 403, body: { code: 'platform.not_allowed' } });
    expect(await numberOf(member)).toBe(1);
  });

  it('stops when the account may not sign in any more', async () => {
    const member = await becomeMember(auth);
    await sql`update accounts set state = 'suspended' where person_id = ${member.personId}`.execute(auth.db.query());
    await expectSignedOut(refreshWith(auth, member.cookie, randomUUID()));
  });

  it('stops after 30 days without use', async () => {
    const member = await becomeMember(auth);
    auth.clock.advance({ d: 30 });
    await expectSignedOut(refreshWith(auth, member.cookie, randomUUID()));
  });

  it('tells every service of a dead family at once, numbered', async () => {
    const heard: unknown[][] = [];
    const fanout = new InProcessFanout(auth.bus);
    fanout.subscribe(REVOCATIONS_SUBJECT, (message) => {
      const { revocations } = message as { revocations: Array<{ sessionId: string }> };
      heard.push(revocations.map((each) => each.sessionId));
    });
    const member = await becomeMember(auth);
    await next(refreshWith(auth, member.cookie, randomUUID()));
    auth.clock.advance({ s: 11 });
    await expectSignedOut(refreshWith(auth, member.cookie, randomUUID()));
    await eventually(() => expect(heard.flat()).toContain(member.sessionId));
    await fanout.close();
  });
});
