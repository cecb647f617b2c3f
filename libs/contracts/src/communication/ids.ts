import type { z } from 'zod';
import { id } from '../kernel/ids';

/** Of a job conversation it is derived from job and worker, so that both sides can name it before it exists. */
export const conversationId = id('Conversation');
export type ConversationId = z.infer<typeof conversationId>;
/** Made by the sender's device; unique for ever per conversation and sender. */
export const clientMessageId = id('ClientMessage');
export type ClientMessageId = z.infer<typeof clientMessageId>;
