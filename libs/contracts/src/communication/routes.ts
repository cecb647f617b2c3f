import { z } from 'zod';
import { access } from '../kernel/access';
import { int, intFromText } from '../kernel/integer';
import { page, pageQuery } from '../kernel/page';
import { noBody, noContent, route } from '../kernel/route';
import { instant } from '../kernel/time';
import { communicationErrors } from './errors';
import { clientMessageId, conversationId, type ConversationId } from './ids';
import { conversation, message, messageText } from './views';

/** The things that the generated tests have to make before they call communication. */
export interface CommunicationWorld {
  /** A conversation between `worker` and `contractor` with at least one message. */
  conversation(): Promise<{ conversationId: ConversationId }>;
  newClientId(): string;
}

const params = z.object({ conversationId });
const asMember = async (world: CommunicationWorld) => ({ as: 'worker', params: await world.conversation() });

export const listConversations = route({
  id: 'communication.listConversations',
  summary: 'My conversations, the latest first',
  method: 'GET',
  path: '/api/v1/communication/conversations',
  query: pageQuery,
  response: page(conversation),
  access: access.signedIn({ object: 'self' }),
  rate: 'read',
  example: async (_world: CommunicationWorld) => ({ as: 'worker' }),
});

export const readConversation = route({
  id: 'communication.readConversation',
  summary: 'A conversation that I am a member of',
  method: 'GET',
  path: '/api/v1/communication/conversations/:conversationId',
  params,
  response: conversation,
  access: access.signedIn({ object: 'own' }),
  rate: 'read',
  example: asMember,
});

export const readMessages = route({
  id: 'communication.readMessages',
  summary: 'Messages after a sequence, oldest first, or the last ones before one',
  method: 'GET',
  path: '/api/v1/communication/conversations/:conversationId/messages',
  params,
  query: z.object({
    /** Returns all messages after this sequence, for a device that was offline. */
    after: intFromText({ min: 0 }).optional(),
    /**
     * Returns the last messages before this sequence, for scrolling up. Without either parameter the latest are
     * returned.
     */
    before: intFromText({ min: 1 }).optional(),
    limit: intFromText({ min: 1, max: 100 }).default(50),
  }),
  response: z.object({ items: z.array(message), lastSequence: int() }),
  access: access.signedIn({ object: 'own' }),
  rate: 'read',
  example: asMember,
});

export const sendMessage = route({
  id: 'communication.sendMessage',
  summary: 'Write to the conversation; the same client id again answers the same message',
  method: 'POST',
  path: '/api/v1/communication/conversations/:conversationId/messages',
  params,
  body: z.strictObject({ clientId: clientMessageId, text: messageText }),
  response: message,
  status: 201,
  errors: [communicationErrors.conversationClosed, communicationErrors.clientIdReused],
  access: access.signedIn({ object: 'own' }),
  rate: 'write',
  example: async (world: CommunicationWorld) => ({
    ...(await asMember(world)),
    body: { clientId: world.newClientId(), text: 'When shall I be there?' },
  }),
});

export const markRead = route({
  id: 'communication.markRead',
  summary: 'I have read up to a sequence; never goes back',
  method: 'PUT',
  path: '/api/v1/communication/conversations/:conversationId/read',
  params,
  body: z.strictObject({ sequence: int({ min: 0 }) }),
  response: noContent,
  errors: [communicationErrors.aheadOfConversation],
  access: access.signedIn({ object: 'own' }),
  rate: 'write',
  example: async (world: CommunicationWorld) => ({ ...(await asMember(world)), body: { sequence: 1 } }),
});

export const takeSocketTicket = route({
  id: 'communication.takeSocketTicket',
  summary: 'A ticket of 30 seconds, good once, for the first frame of /ws',
  method: 'POST',
  path: '/api/v1/communication/socket-tickets',
  body: noBody,
  response: z.object({ ticket: z.string(), expiresAt: instant }),
  status: 201,
  access: access.signedIn({ object: 'self' }),
  rate: 'write',
  repeat: 'anew',
  example: async (_world: CommunicationWorld) => ({ as: 'worker', body: {} }),
});
