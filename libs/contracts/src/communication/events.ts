import { z } from 'zod';
import { defineEvent } from '../kernel/event';
import { personId } from '../kernel/ids';
import { int } from '../kernel/integer';
import { jobId } from '../matching/ids';
import { conversationId } from './ids';

const ids = {
  conversationId: '01900000-0000-7000-8000-00000000000e',
  jobId: '01900000-0000-7000-8000-00000000000a',
  sender: '01900000-0000-7000-8000-000000000001',
};

export const conversationOpened = defineEvent('communication.conversation.opened.v1', {
  data: z.object({ conversationId, jobId: jobId.nullable(), members: z.array(personId) }),
  example: { conversationId: ids.conversationId, jobId: ids.jobId, members: [ids.sender] },
});

/** Somebody wrote a message; the event does not carry its text. The aggregate is the conversation. */
export const messageSent = defineEvent('communication.conversation.message_sent.v1', {
  data: z.object({ conversationId, sequence: int(), sender: personId, members: z.array(personId) }),
  example: { conversationId: ids.conversationId, sequence: 1, sender: ids.sender, members: [ids.sender] },
});

export const conversationRead = defineEvent('communication.conversation.read.v1', {
  data: z.object({ conversationId, reader: personId, sequence: int() }),
  example: { conversationId: ids.conversationId, reader: ids.sender, sequence: 1 },
});
