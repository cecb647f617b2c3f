/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { ChatsPage } from '../src/features/chats/chats-page';
import type { Answer } from '../src/lib/api/client';
import { cards, CONVERSATION, CONTRACTOR, id, invite, job } from './examples';
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

describe('a conversation', () => {
  const open = (as: 'worker' | 'contractor', more: Answers = {}) =>
    openScreen(<ChatsPage conversationId={CONVERSATION} />, { at: `/chats/${CONVERSATION}`, as: [as], answers: { ...answers, 'matching.readJob': job, ...more } });
  const quickMessages = async () => within(await screen.findByRole('group', { name: 'Quick messages' })).getAllByRole('button').map(({ textContent }) => textContent);
  const line = () => screen.getByLabelText('Write a message') as HTMLTextAreaElement;

  it('offers the quick messages of the side that writes', async () => {
    const { unmount } = await open('worker');
    expect(await quickMessages()).toEqual(['When shall I be there?', 'Where exactly is the site?', 'OK.', 'I can talk now.']);
    unmount();
    await open('contractor');
    expect(await quickMessages()).toEqual(['Can you come?', 'Please be on time.', 'OK.', 'I can talk now.']);
  });

  it('puts a quick message into the line and sends nothing by it', async () => {
    const { user, app } = await open('worker');
    await user.click(await screen.findByRole('button', { name: 'When shall I be there?' }));
    expect(line().value).toBe('When shall I be there?');
    await user.click(screen.getByRole('button', { name: 'OK.' }));
    expect(line().value).toBe('When shall I be there? OK.');
    await waitFor(() => expect(document.activeElement).toBe(line()));
    expect(app.outbox.all()).toEqual([]);
  });

  it('makes numbers and addresses in a message lead where they say', async () => {
    const text = 'Ask at ९८७६५ ४३२१० or see https://maps.example/site. ₹1,20,000 in all';
    const message = { conversationId: CONVERSATION, sequence: 1, clientId: id(900), sender: CONTRACTOR, text, sentAt: '2026-11-30T05:30:00.000Z' };
    const read = { ...chatAbout(first), lastSequence: 1, lastMessage: message, readUpTo: 1 };
    await open('worker', { 'communication.readMessages': { items: [message], lastSequence: 1 }, 'communication.readConversation': read });
    const bubble = (await screen.findByText(/in all/)).closest('li') as HTMLElement;
    const links = within(bubble).getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
    expect(links).toEqual([['९८७६५ ४३२१०', 'tel:9876543210'], ['https://maps.example/site', 'https://maps.example/site']]);
  });
});
