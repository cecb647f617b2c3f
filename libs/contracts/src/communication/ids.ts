import type { z } from 'zod';
import { id } from '../kernel/ids';

/** The id of a job's conversation is derived from job and worker, so that both sides can name it before it exists. */
export const conversationId = id('Conversation');
export type ConversationId = z.infer<typeof conversationId>;
/** An id made by the sender's device, unique for ever per conversation and sender. */
export const clientMessageId = id('ClientMessage');
export type ClientMessageId = z.infer<typeof clientMessageId>;
