import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { readAccount } from '@muster/contracts/auth/routes';
import { readKeys, readRevocations } from '@muster/contracts/kernel/internal';
import { AfterRestore } from '@muster/platform/messaging/after-restore';
import { OutboxRepository } from '@muster/platform/messaging/outbox.repository';
import { becomeMember, refreshWith, signInAgain, startAuth } from '../../test/start-auth';

// Services that are running know the old keys for a minute more: they are started again, which the drill of a restore looks at.
it('a restored auth ends every session, has other keys, counts anew and takes people in again', async () => {
  const auth = await startAuth();
  try {
    const member = await becomeMember(auth);
    const before = { keys: await auth.http.call(readKeys, { as: 'user' }), feed: await auth.http.call(readRevocations, { as: 'user' }), events: await auth.app.get(OutboxRepository).findNumbering() };

    await auth.app.get(AfterRestore).run();
    expect(await refreshWith(auth, member.cookie, randomUUID())).toMatchObject({ status: 401 });
    const { keys } = await auth.http.call(readKeys, { as: 'user' });
    expect(keys).toHaveLength(1);
    expect(before.keys.keys.map(({ kid }) => kid)).not.toContain(keys[0]?.kid);
    expect((await auth.http.call(readRevocations, { as: 'user' })).epoch).not.toBe(before.feed.epoch);
    expect((await auth.app.get(OutboxRepository).findNumbering()).epoch).not.toBe(before.events.epoch);

    const again = await signInAgain(auth, member.email);
    expect(await auth.http.send(readAccount, { as: { token: again.accessToken } })).toMatchObject({ status: 200 });
  } finally {
    await auth.close();
  }
});
