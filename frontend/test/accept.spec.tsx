/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { InvitePage } from '../src/features/work/invite-page';
import { cards, invite, INVITE } from './examples';
import { openScreen } from './screen';
import { refusal, type Answers } from './services';

/** The invite's page over a service that keeps the answer. */
function open(answers: Answers = {}, first = invite) {
  let now = first;
  return openScreen(<InvitePage inviteId={INVITE} />, {
    at: `/invites/${INVITE}`,
    as: ['worker'],
    answers: {
      'matching.readInvite': () => now,
      'user.readCards': cards,
      'matching.markInviteSeen': () => (now = { ...now, state: 'seen' }),
      'matching.acceptInvite': () => (now = { ...now, state: 'accepted', filled: 1 }),
      'matching.declineInvite': () => (now = { ...now, state: 'declined' }),
      ...answers,
    },
  });
}

describe('answering an invite', () => {
  it('shows before the tap what it pays, for how long, where and with whom', async () => {
    await open();
    await screen.findByText('₹950');
    screen.getByText(/₹1,900 in all, 2 days/);
    screen.getByText(/Nagpur, 2–5 km/);
    await screen.findByText('Deshmukh Builders');
    screen.getByText(/You would be the first of 1/);
  });

  it('says yes with one tap, once, and then when to be there', async () => {
    const { services, user } = await open();
    await user.dblClick(await screen.findByRole('button', { name: 'I’m coming' }));
    await screen.findByText(/You’re on\. Be there/);
    expect(services.sent.filter(({ route }) => route === 'matching.acceptInvite')).toMatchObject([{ params: { inviteId: INVITE } }]);
    expect(screen.queryByRole('button', { name: 'I’m coming' })).toBeNull();
  });

  it('says kindly that somebody was faster', async () => {
    const { user } = await open({ 'matching.acceptInvite': () => refusal('matching.line_full') });
    await user.click(await screen.findByRole('button', { name: 'I’m coming' }));
    await screen.findByText(/Somebody was faster/);
  });

  it('lets a no be taken back, and then sends nothing', async () => {
    const { services, user, unmount } = await open();
    await user.click(await screen.findByRole('button', { name: 'No, thanks' }));
    const undo = await screen.findByRole('button', { name: 'Undo' });
    await waitFor(() => expect(undo.getAttribute('aria-disabled')).toBeNull());
    await user.click(undo);
    await screen.findByRole('button', { name: 'I’m coming' });
    unmount();
    expect(services.bodiesOf('matching.declineInvite')).toEqual([]);
  });

  it('takes leaving the screen after a no for meaning it', async () => {
    const { services, user, unmount } = await open();
    await user.click(await screen.findByRole('button', { name: 'No, thanks' }));
    await screen.findByRole('button', { name: 'Undo' });
    unmount();
    await waitFor(() => expect(services.bodiesOf('matching.declineInvite')).toHaveLength(1));
    expect(services.bodiesOf('matching.acceptInvite')).toEqual([]);
  });

  it('offers no yes where the worker is booked on one of the days', async () => {
    await open({}, { ...invite, blockedBy: 'booked' });
    await screen.findByText('You already have work on one of these days.');
    expect(screen.queryByRole('button', { name: 'I’m coming' })).toBeNull();
  });

  it('offers nothing when the time to answer is over', async () => {
    await open({}, { ...invite, expiresAt: '2026-11-30T05:59:00.000Z' });
    await screen.findByText(/The time to answer is over/);
    expect(screen.queryByRole('button', { name: 'I’m coming' })).toBeNull();
  });
});
