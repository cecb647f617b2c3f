/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { serverFrame } from '../../libs/contracts/src/communication/socket';
import { Shell } from '../src/app/shell';
import { Conversation } from '../src/features/chats/conversation-page';
import type { Answer } from '../src/lib/api/client';
import { goLive } from '../src/lib/live/socket';
import { CONVERSATION, id } from './examples';
import { ME, openScreen } from './screen';

type Message = Answer<'communication.sendMessage'>;

const CREW = 60;
const members = [ME, ...Array.from({ length: CREW - 1 }, (_, index) => id(100 + index))];
const message = (sequence: number, sender: string, text: string): Message => ({
  conversationId: CONVERSATION, sequence, clientId: id(1000 + sequence), sender, text, sentAt: `2026-11-30T06:0${sequence}:00.000Z`,
});

/** A member of a crew of 60 with a screen open, live; the services count every request. */
async function member(shown: ReactNode) {
  const messages = [message(1, id(100), 'Good morning')];
  let [readUpTo, version] = [1, 10];
  const conversation = (): Answer<'communication.readConversation'> => ({
    conversationId: CONVERSATION, kind: 'crew', state: 'open', jobId: null, members, lastSequence: messages.length, lastMessage: messages.at(-1) ?? null,
    readUpTo, unread: messages.length - readUpTo, readBy: members.slice(1).map((personId) => ({ personId, sequence: 1 })), updatedAt: messages.at(-1)?.sentAt ?? '',
  });
  const opened = await openScreen(<Shell hat="worker">{shown}</Shell>, {
    at: '/chats',
    as: ['worker'],
    answers: {
      'communication.takeSocketTicket': { ticket: 'x'.repeat(32), expiresAt: '2026-11-30T06:00:30.000Z' },
      'communication.readConversation': conversation,
      'communication.readMessages': ({ query }) => ({ items: messages.slice(Number(query.after ?? 0)), lastSequence: messages.length }),
      'communication.listConversations': () => ({ items: [conversation()], nextCursor: null }),
      'communication.markRead': ({ body }) => void (readUpTo = body.sequence),
      'communication.sendMessage': ({ body }) => {
        const sent = { ...message(messages.length + 1, ME, body.text), clientId: body.clientId };
        messages.push(sent);
        readUpTo = sent.sequence;
        return sent;
      },
      'matching.listInvites': { items: [], nextCursor: null },
      'notification.countUnseen': { unseen: 0 },
      'user.readCards': { items: [] },
    },
  });
  const { app, connection, services, socket } = opened;
  const hint = async (kind: string, about: string, of: number, fact: string) => {
    const frame = serverFrame.parse({ type: 'hint', hint: { kind, id: about, version: of, fact } });
    await act(async () => socket().receive(frame));
  };
  const settled = async () => {
    let before = -1;
    while (before !== services.sent.length) {
      before = services.sent.length;
      await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 50))));
    }
  };
  goLive(app, connection);
  await waitFor(() => socket());
  await act(async () => socket().receive({ type: 'welcome', heartbeatSeconds: 25 }));
  await waitFor(() => expect(services.bodiesOf('communication.listConversations').length).toBeGreaterThan(1));
  await settled();
  const before = services.sent.length;
  return {
    ...opened,
    /** Somebody else writes; the hints are those that the services send each member. */
    hear: async (...texts: string[]) => {
      for (const text of texts) messages.push(message(messages.length + 1, id(100), text));
      await hint('conversation', CONVERSATION, (version += 1), 'communication.conversation.message_sent.v1');
      await hint('notice', id(9), 1, 'notification.notice.posted.v1');
    },
    hearOfOwnMessage: () => hint('conversation', CONVERSATION, (version += 1), 'communication.conversation.message_sent.v1'),
    /** What a member's own reading brings them; that of the others brings them nothing. */
    hearOfOwnReading: async () => {
      await hint('conversation', CONVERSATION, (version += 1), 'communication.conversation.read.v1');
      await hint('notice', id(9), 2, 'notification.notice.seen.v1');
    },
    /** All requests since the crew's message, when nothing more comes. */
    requests: async () => {
      await settled();
      await act(async () => opened.passTime(5_000));
      await settled();
      return services.sent.slice(before).map(({ route }) => route).sort();
    },
  };
}

describe('one message in a crew of 60', () => {
  it('costs a member who looks at the conversation two requests: what is new, and that it was read', async () => {
    const { hear, hearOfOwnReading, requests, services } = await member(<Conversation conversationId={CONVERSATION} />);
    await screen.findByText('Good morning');
    await hear('Lunch at one');
    await screen.findByText('Lunch at one');
    await waitFor(() => expect(services.bodiesOf('communication.markRead')).toEqual([{ sequence: 2 }]));
    await hearOfOwnReading();
    expect(await requests()).toEqual(['communication.markRead', 'communication.readConversation']);
  });

  it('costs a member who is elsewhere two: the conversation, and how many notices there are', async () => {
    const { hear, requests } = await member(<p>elsewhere</p>);
    await hear('Lunch at one');
    expect(await requests()).toEqual(['communication.readConversation', 'notification.countUnseen']);
    screen.getByRole('link', { name: /Chats.*1|1.*Chats/ });
  });

  it('costs the one who wrote it two: sending it, and how the conversation stands', async () => {
    const { user, hearOfOwnMessage, requests } = await member(<Conversation conversationId={CONVERSATION} />);
    await screen.findByText('Good morning');
    await user.type(screen.getByLabelText('Write a message'), 'Lunch at one');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    await screen.findByText('Lunch at one');
    await hearOfOwnMessage();
    expect(await requests()).toEqual(['communication.readConversation', 'communication.sendMessage']);
  });

  it('is on the screen with the one before it, where only the hint of the second came', async () => {
    const { hear } = await member(<Conversation conversationId={CONVERSATION} />);
    await screen.findByText('Good morning');
    await hear('Lunch at one', 'At two, sorry');
    await screen.findByText('Lunch at one');
    await screen.findByText('At two, sorry');
  });
});
