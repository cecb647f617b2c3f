/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { InvitePage } from '../src/features/work/invite-page';
import { WorkPage } from '../src/features/work/work-page';
import { cards, invite, INVITE } from './examples';
import { openScreen } from './screen';

const accepted = { ...invite, state: 'accepted' } as const;
const finished = { ...accepted, days: ['2026-11-27', '2026-11-28'] };
const underWay = { ...accepted, days: ['2026-11-28', '2026-12-01'] };

/** What the list of invites says of one of them. */
async function tagOf(one: typeof finished, language: 'en' | 'hi'): Promise<string | undefined> {
  const answers = { 'matching.listInvites': { items: [one], nextCursor: null }, 'matching.listAssignments': { items: [], nextCursor: null } };
  const { unmount } = await openScreen(<WorkPage />, { at: '/work', as: ['worker'], language, answers });
  const row = await screen.findByRole('link', { name: /Compound wall/ });
  const tag = within(row).getByText((_, element) => element?.className.includes('rounded-round') ?? false).textContent;
  unmount();
  return tag;
}
const openInvite = (one: typeof finished, language: 'en' | 'hi' = 'en') =>
  openScreen(<InvitePage inviteId={INVITE} />, { at: `/invites/${INVITE}`, as: ['worker'], language, answers: { 'matching.readInvite': one, 'user.readCards': cards } });

describe('an accepted invite', () => {
  it('is called done in the list once the last day of work is over', async () => {
    expect([await tagOf(finished, 'en'), await tagOf(finished, 'hi')]).toEqual(['Done', 'पूरा हुआ']);
    expect([await tagOf(underWay, 'en'), await tagOf(underWay, 'hi')]).toEqual(['You’re on', 'हाँ कहा']);
  });

  it('asks nobody to be there when it is done', async () => {
    const { unmount } = await openInvite(finished);
    await screen.findByText('This work is done.');
    expect(screen.queryByText(/Be there/)).toBeNull();
    unmount();
    await openInvite(finished, 'hi');
    await screen.findByText('यह काम पूरा हो गया।');
  });

  it('names the next day of work, not the first', async () => {
    await openInvite(underWay);
    await screen.findByText('You’re on. Be there tomorrow, 9 am.');
  });
});
