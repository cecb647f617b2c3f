import { z } from 'zod';
import { id } from '../kernel/ids';
import { int } from '../kernel/integer';
import { setOf } from '../kernel/set';
import { instant } from '../kernel/time';

export const noticeId = id('Notice');
export type NoticeId = z.infer<typeof noticeId>;

export const topic = z.enum(['invite', 'invite_answered', 'job', 'message', 'account']);
export type Topic = z.infer<typeof topic>;
export const channel = z.enum(['inbox', 'push', 'email']);

export const notice = z.object({
  noticeId,
  topic,
  /** Keyed words, put together in the reader's language on the screen: `invite_sent`, `invite_accepted` … */
  key: z.string(),
  /** The things it is about, by id: `inviteId`, `jobId`, `conversationId`, `person`. */
  subject: z.record(z.string(), z.string()),
  createdAt: instant,
  seenAt: instant.nullable(),
});

export const preferences = z.object({
  topics: z.array(z.strictObject({ topic, channels: setOf(channel, { max: 3 }) })),
  version: int(),
});
