import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endSession, listSessions, readAccount, signOut } from '@muster/contracts/auth/routes';
import type { SessionId } from '@muster/contracts/kernel/ids';
import { newId } from '@muster/platform/kernel/ids';
import { eventually } from '@muster/platform/testing/eventually';
import type { TestService } from '@muster/platform/testing/start-service';
import { becomeMember, cookieOf, refreshWith, signInAgain, startAuth } from '../../test/start-auth';

const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';

describe('the sessions of a person', () => {
  let auth: TestService;
  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.close());

  const becomesRefused = (token: string): Promise<void> =>
    eventually(async () => expect(await auth.http.send(readAccount, { as: { token } })).toMatchObject({ status: 401 }));

  it('are listed with their devices, newest first, the present one marked', async () => {
    const member = await becomeMember(auth);
    const phone = await signInAgain(auth, member.email, ANDROID);
    const { items } = await auth.http.call(listSessions, { as: member.as });
    expect(items).toMatchObject([
      { sessionId: phone.sessionId, device: 'Chrome on Android', current: false },
      { sessionId: member.sessionId, device: null, current: true },
    ]);
  });

  it("never include anybody else's", async () => {
    const [member, other] = [await becomeMember(auth), await becomeMember(auth)];
    const { items } = await auth.http.call(listSessions, { as: member.as });
    expect(items.map((item) => item.sessionId)).not.toContain(other.sessionId);
  });

  it('are not for strangers', async () => {
    for (const route of [listSessions, readAccount]) expect(await auth.http.refusal(route)).toMatchObject({ status: 401 });
    expect(await auth.http.refusal(signOut)).toMatchObject({ status: 401 });
  });

  it('end by sign-out: cookie cleared, tokens refused at once, no refresh', async () => {
    const member = await becomeMember(auth);
    const answer = await auth.http.send(signOut, { as: member.as });
    expect(answer.status).toBe(204);
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-muster-refresh=; Max-Age=0;/);
    await becomesRefused(member.accessToken);
    expect(await refreshWith(auth, member.cookie, randomUUID())).toMatchObject({ status: 401 });
  });

  it('end from another device, and only the one that was meant', async () => {
    const member = await becomeMember(auth);
    const phone = await signInAgain(auth, member.email, ANDROID);
    expect((await auth.http.send(endSession, { as: member.as, params: { sessionId: phone.sessionId } })).status).toBe(204);
    await becomesRefused(phone.accessToken);
    expect(await refreshWith(auth, phone.cookie, randomUUID())).toMatchObject({ status: 401 });
    expect((await auth.http.call(listSessions, { as: member.as })).items).toHaveLength(1);
    expect(cookieOf(await refreshWith(auth, member.cookie, randomUUID()))).toBeDefined();
  });

  it("look alike when they are somebody else's and when there are none", async () => {
    const [member, other] = [await becomeMember(auth), await becomeMember(auth)];
    for (const sessionId of [other.sessionId, newId<SessionId>()]) {
      expect(await auth.http.refusal(endSession, { as: member.as, params: { sessionId } })).toMatchObject({ status: 404, code: 'platform.not_found' });
    }
    expect((await auth.http.send(readAccount, { as: other.as })).status).toBe(200);
  });
});
