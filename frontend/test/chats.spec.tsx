/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { ChatsPage } from '../src/features/chats/chats-page';
import type { Answer } from '../src/lib/api/client';
import { cards, CONVERSATION, CONTRACTOR, id, invite } from './examples';
import { ME, openScreen } from './screen';
import type { Answers } from './services';

type Chat = Answer<'communication.listConversations'>['items'][number];
const [first, second] = [invite, { ...invite, inviteId: id(32), jobId: id(30), title: 'Water tank', conversationId: id(33), days: ['2026-12-05'] }];
const chatAbout = ({ conversationId, jobId }: typeof invite): Chat => ({
  conversationId, jobId, kind: 'job', state: 'open', members: [ME, CONTRACTOR], lastSequence: 0, lastMessage: null, readUpTo: 0, unread: 0, readBy: [],
  updatedAt: '2026-11-30T05:00:00.000Z',
});

const answers: Answers = {
  'communication.listConversations': { items: [chatAbout(first), chatAbout(second)], nextCursor: null },
  'communication.readConversation': chatAbout(first),
  'communication.readMessages': { items: [], lastSequence: 0 },
  'matching.listInvites': { items: [first, second], nextCursor: null },
  'user.readCards': cards,
};

describe('two conversations with one contractor', () => {
  it('are told apart by their jobs and days', async () => {
    await openScreen(<ChatsPage />, { at: '/chats', as: ['worker'], answers });
    await screen.findByText(/^Compound wall · /);
    const rows = screen.getAllByRole('listitem').map((row) => within(row).getByRole('link').textContent);
    expect(rows).toEqual([expect.stringMatching(/Deshmukh Builders.*Compound wall · .*2/), expect.stringMatching(/Deshmukh Builders.*Water tank · .*5/)]);
  });

  it('lead to what they are about', async () => {
    await openScreen(<ChatsPage conversationId={CONVERSATION} />, { at: `/chats/${CONVERSATION}`, as: ['worker'], answers });
    const link = await within(await screen.findByRole('main')).findByRole('link', { name: /Compound wall · / });
    expect(link.getAttribute('href')).toBe(`/invites/${first.inviteId}`);
  });
});
