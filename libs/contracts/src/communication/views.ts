import { z } from 'zod';
import { personId } from '../kernel/ids';
import { int } from '../kernel/integer';
import { text } from '../kernel/text';
import { instant } from '../kernel/time';
import { jobId } from '../matching/ids';
import { clientMessageId, conversationId } from './ids';

export const conversationState = z.enum(['requested', 'open', 'frozen', 'archived']);
export type ConversationState = z.infer<typeof conversationState>;

export const messageText = text(4000).meta({ dataClass: 'personal' });

export const message = z.object({
  conversationId,
  /** The number of the message in its conversation: 1, 2, 3 … without a hole, the order that everybody sees. */
  sequence: int(),
  clientId: clientMessageId,
  sender: personId,
  text: z.string(),
  sentAt: instant,
});

export const conversation = z.object({
  conversationId,
  kind: z.enum(['direct', 'job', 'crew']),
  state: conversationState,
  jobId: jobId.nullable(),
  members: z.array(personId),
  lastSequence: int(),
  lastMessage: message.nullable(),
  /** The highest sequence that the caller has read. */
  readUpTo: int(),
  unread: int(),
  /** The highest sequence that each other member has read. */
  readBy: z.array(z.object({ personId, sequence: int() })),
  updatedAt: instant,
});
