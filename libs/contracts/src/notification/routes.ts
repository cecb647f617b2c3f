import { z } from 'zod';
import { access } from '../kernel/access';
import { int } from '../kernel/integer';
import { page, pageQuery } from '../kernel/page';
import { noBody, noContent, route } from '../kernel/route';
import { setOf } from '../kernel/set';
import { instant } from '../kernel/time';
import { channel, notice, noticeId, preferences, topic, type NoticeId } from './views';

/** The things that the generated tests have to make before they call notification. */
export interface NotificationWorld {
  /** To the person called `worker`, not seen yet. */
  notice(): Promise<{ noticeId: NoticeId }>;
}

export const listNotices = route({
  id: 'notification.listNotices',
  summary: 'My inbox, the newest first',
  method: 'GET',
  path: '/api/v1/notifications/inbox',
  query: pageQuery,
  response: page(notice),
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: NotificationWorld) => ({ as: 'worker' }),
});

export const countUnseen = route({
  id: 'notification.countUnseen',
  summary: 'How many notices I have not seen',
  method: 'GET',
  path: '/api/v1/notifications/inbox/unseen',
  response: z.object({ unseen: int() }),
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: NotificationWorld) => ({ as: 'worker' }),
});

export const markNoticeSeen = route({
  id: 'notification.markNoticeSeen',
  summary: 'A notice of mine was seen',
  method: 'PUT',
  path: '/api/v1/notifications/inbox/:noticeId/seen',
  params: z.object({ noticeId }),
  body: noBody,
  response: notice,
  access: access.signedIn({ object: 'own' }),
  rate: 'write',
  example: async (world: NotificationWorld) => ({ as: 'worker', params: await world.notice(), body: {} }),
});

export const markAllSeen = route({
  id: 'notification.markAllSeen',
  summary: 'Everything in my inbox was seen, up to the newest notice that was shown',
  method: 'PUT',
  path: '/api/v1/notifications/inbox/seen',
  /** `upTo`: when the newest notice was made that the person has seen. What came after it stays unseen. */
  body: z.strictObject({ upTo: instant }),
  response: noContent,
  access: access.signedIn({ object: 'self' }),
  rate: 'write',
  example: async (_world: NotificationWorld) => ({ as: 'worker', body: { upTo: '2026-12-01T03:30:00.000Z' } }),
});

export const readPreferences = route({
  id: 'notification.readPreferences',
  summary: 'Which topics reach me on which channels',
  method: 'GET',
  path: '/api/v1/notifications/preferences',
  response: preferences,
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: NotificationWorld) => ({ as: 'worker' }),
});

export const savePreferences = route({
  id: 'notification.savePreferences',
  summary: 'Choose which topics reach me on which channels',
  method: 'PUT',
  path: '/api/v1/notifications/preferences',
  body: z.strictObject({ topics: z.array(z.strictObject({ topic, channels: setOf(channel, { max: 3 }) })).max(10) }),
  response: preferences,
  access: access.signedIn({ object: 'self' }),
  rate: 'write',
  example: async (_world: NotificationWorld) => ({
    as: 'worker',
    body: { topics: [{ topic: 'message' as const, channels: ['inbox' as const] }] },
  }),
});
