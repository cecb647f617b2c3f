import type { EventId } from '@muster/contracts/kernel/ids';
import { newId } from '@muster/platform/kernel/ids';
import type { Client } from './client';

/** Writes to a conversation, or says that everything in it was read. */
export async function chat(client: Client, conversationId: string | undefined): Promise<void> {
  if (!conversationId) return;
  const path = `/communication/conversations/${conversationId}`;
  if (client.random.chance(0.2)) {
    const page = await client.do({ op: 'list', method: 'GET', path: `${path}/messages` });
    const sequence = Number(page.answer?.['lastSequence'] ?? 0);
    if (page.outcome !== 'ok' || sequence === 0) return;
    await client.do({ op: 'markRead', method: 'PUT', path: `${path}/read`, body: { sequence }, about: { conversationId, sequence }, repeatable: true });
    return;
  }
  const clientId = newId<EventId>() as string;
  const text = `Message ${clientId.slice(-12)}`;
  await client.do({
    op: 'sendMessage', method: 'POST', path: `${path}/messages`, key: clientId, repeatable: true, body: { clientId, text },
    about: { conversationId, clientId, text },
  });
}

export async function readNotices(client: Client): Promise<void> {
  const page = await client.do({ op: 'list', method: 'GET', path: '/notifications/inbox?limit=20' });
  const items = (page.answer?.['items'] ?? []) as Array<{ noticeId: string; topic: string; seenAt: string | null }>;
  const notice = client.random.pick(items.filter(({ seenAt }) => seenAt === null));
  if (!notice) return;
  const { noticeId, topic } = notice;
  await client.do({ op: 'seeNotice', method: 'PUT', path: `/notifications/inbox/${noticeId}/seen`, body: {}, about: { noticeId, topic }, repeatable: true });
}

export async function changeName(client: Client, op: 'saveContractorProfile', displayName: string): Promise<void> {
  await client.do({ op, method: 'PUT', path: '/users/me/contractor-profile', body: { displayName }, about: { displayName } });
}
