/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import { FreeToday } from '../src/features/work/free-today';
import { InvitePage } from '../src/features/work/invite-page';
import { availability, cards, INVITE, invite } from './examples';
import { openScreen } from './screen';

describe('free today', () => {
  it('says that it is so now and until when, as it may end on the day after', async () => {
    const until = { ...availability, freeUntil: '2026-12-01T05:30:00.000Z' };
    await openScreen(<FreeToday />, { at: '/home', as: ['worker'], answers: { 'user.readAvailability': until } });
    await screen.findByText(/^Free now, until tomorrow/);
  });
});

describe('reading aloud', () => {
  beforeEach(() => void Object.assign(globalThis, { speechSynthesis: { cancel: () => undefined } }));
  afterEach(() => void Reflect.deleteProperty(globalThis, 'speechSynthesis'));

  const open = (state: (typeof invite)['state']) =>
    openScreen(<InvitePage inviteId={INVITE} />, { at: `/invites/${INVITE}`, as: ['worker'], answers: { 'matching.readInvite': { ...invite, state }, 'user.readCards': cards } });

  it('is offered for an invite that waits', async () => {
    await open('seen');
    await screen.findByRole('button', { name: 'Read aloud' });
  });

  it('is not offered for one that was taken back', async () => {
    await open('withdrawn');
    await screen.findByText('Deshmukh Builders');
    expect(screen.queryByRole('button', { name: 'Read aloud' })).toBeNull();
  });
});
